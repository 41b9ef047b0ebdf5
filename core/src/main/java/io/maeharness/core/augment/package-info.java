/**
 * What happens to a picture between the data set and the model.
 *
 * <p>A transform turns one picture into one square of standardised floats, (channel, row, column) in
 * short CHW. Its draws come from the generator that it is handed, so a sample's view is a function of
 * (stage seed, epoch, sample) alone.
 */
package io.maeharness.core.augment;
