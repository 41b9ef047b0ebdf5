/** What MAE is compared with. */
package io.maeharness.baselines;
