/** What the decoder predicts of a removed patch: the rows of table 1d, each a record beside its fragment of script. */
package io.maeharness.core.reconstruction;
