package io.maeharness.core.config;

import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;

/**
 * Which images a profile is measured on.
 *
 * @param dataset where they come from
 * @param validationShare share of the training images held out for every choice made by looking at a number, in (0, 0.5]
 * @param trainLimit most training images to use, the first of a fixed random order; 0 uses all
 * @param testLimit most validation and test images to use; 0 uses all
 * @param evaluateOn the test images, or those of validation while a recipe is being tuned
 */
public record DataSettings(
        DataSource dataset, double validationShare, int trainLimit, int testLimit, Split evaluateOn) {
    /** Gaussian pixels instead of pictures: what steps are timed with. Not for profiles, as nothing can be learnt of it. */
    public static final DataSettings NOISE = new DataSettings(DataSource.NOISE, 0.5, 0, 0, Split.TEST);

    /** Checks every field. */
    public DataSettings {
        Check.within("data.validationShare", validationShare, 0.001, 0.5);
        Check.atLeast("data.trainLimit", trainLimit, 0);
        Check.atLeast("data.testLimit", testLimit, 0);
    }

    /** Demands pictures, as a profile must. */
    void requirePictures() {
        Check.oneOf("data.dataset", dataset.key(), DataSource.keys());
    }
}
