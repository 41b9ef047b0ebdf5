package io.maeharness.core.config;

import java.util.List;

/**
 * Which images a profile is measured on.
 *
 * @param dataset one of {@code bundled}, {@code fashion-mnist}, {@code cifar10}, {@code imagefolder}
 * @param validationShare share of the training images held out for every choice made by looking at a number, in (0, 0.5]
 * @param trainLimit most training images to use, the first of a fixed random order; 0 uses all
 * @param testLimit most validation and test images to use; 0 uses all
 * @param evaluateOn {@code test}, or {@code validation} while a recipe is being tuned
 */
public record DataSettings(String dataset, double validationShare, int trainLimit, int testLimit, String evaluateOn) {
    /** Gaussian pixels instead of pictures: what steps are timed with. Not for profiles, as nothing can be learnt of it. */
    public static final DataSettings NOISE = new DataSettings("noise", 0.5, 0, 0, "test");

    private static final List<String> DATASETS = List.of("bundled", "fashion-mnist", "cifar10", "imagefolder");

    /** Checks every field. */
    public DataSettings {
        if (!dataset.equals("noise")) {
            Check.oneOf("data.dataset", dataset, DATASETS);
        }
        Check.within("data.validationShare", validationShare, 0.001, 0.5);
        Check.atLeast("data.trainLimit", trainLimit, 0);
        Check.atLeast("data.testLimit", testLimit, 0);
        Check.oneOf("data.evaluateOn", evaluateOn, List.of("test", "validation"));
    }

    /** Demands pictures, as a profile must. */
    void requirePictures() {
        Check.oneOf("data.dataset", dataset, DATASETS);
    }
}
