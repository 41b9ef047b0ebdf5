package io.maeharness.core.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param skipDamaged whether images of a folder that cannot be decoded are left out instead of refused; {@code false} is no
 *     part of a stage's identity
 */
public record DataSettings(
        DataSource dataset,
        double validationShare,
        int trainLimit,
        int testLimit,
        Split evaluateOn,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean skipDamaged) {
    /** Gaussian pixels instead of pictures: what steps are timed with. Not for profiles, as nothing can be learnt of it. */
    public static final DataSettings NOISE = new DataSettings(DataSource.NOISE, 0.5, 0, 0, Split.TEST);

    /** Checks every field. */
    @JsonCreator
    public DataSettings {
        Check.within("data.validationShare", validationShare, 0.001, 0.5);
        Check.atLeast("data.trainLimit", trainLimit, 0);
        Check.atLeast("data.testLimit", testLimit, 0);
    }

    /** Images of which damaged ones are refused. */
    public DataSettings(DataSource dataset, double validationShare, int trainLimit, int testLimit, Split evaluateOn) {
        this(dataset, validationShare, trainLimit, testLimit, evaluateOn, false);
    }

    /** Demands pictures, as a profile must. */
    void requirePictures() {
        Check.oneOf("data.dataset", dataset.key(), DataSource.keys());
    }
}
