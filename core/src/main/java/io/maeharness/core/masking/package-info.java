/** Which patches the encoder does not see. */
package io.maeharness.core.masking;
