package io.maeharness.core.stage;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.DataSplits;
import io.maeharness.core.data.Split;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;

/**
 * What a plan has to know of the images without reading them again.
 *
 * @param identity data set and digest
 * @param channels channels of a picture
 * @param classes number of classes
 * @param trainImages images a training stage sees in an epoch
 * @param evaluationImages images an accuracy is measured on
 * @param validationImages images that are drawn
 */
public record ImageFacts(
        DataIdentity identity, int channels, int classes, int trainImages, int evaluationImages, int validationImages) {
    /** Channels of the noise that takes the place of images where time is measured. */
    public static final int NOISE_CHANNELS = 3;

    /** Of images of which some are drawn as well. */
    public ImageFacts(DataIdentity identity, int channels, int classes, int trainImages, int evaluationImages) {
        this(identity, channels, classes, trainImages, evaluationImages, evaluationImages);
    }

    /**
     * Demands images to train and to measure on.
     *
     * @throws HarnessException of kind CONFIG, with the share that would give some
     */
    static void requireImages(DataSettings settings, DataSplits splits) {
        if (splits.train().size() == 0 || splits.test().size() == 0) {
            throw new HarnessException(
                    Kind.DATA,
                    "the data set " + settings.dataset().key() + " has "
                            + splits.train().size() + " training and "
                            + splits.test().size() + " test images; it needs some of both");
        }
        if (splits.evaluated(settings.evaluateOn()).size() == 0) {
            throw withoutValidation(settings, splits, "data.evaluateOn=validation has nothing to measure");
        }
    }

    /**
     * The refusal of validation images that are not there.
     *
     * @param what cannot be done without them
     */
    public static HarnessException withoutValidation(DataSettings settings, DataSplits splits, String what) {
        int classes = splits.train().numClasses();
        return new HarnessException(
                Kind.CONFIG,
                what + ": a data.validationShare of " + settings.validationShare() + " leaves no validation image of "
                        + splits.train().size() + " training images in " + classes
                        + (classes == 1 ? " class" : " classes") + "; "
                        + (splits.smallestShare().isPresent()
                                ? "use --set data.validationShare="
                                        + splits.smallestShare().getAsDouble() + " or more"
                                : "no class has two images, so none can be spared: add images")
                        + (settings.evaluateOn() == Split.VALIDATION ? ", or --set data.evaluateOn=test" : ""));
    }

    /**
     * Facts of an opened data set.
     *
     * @throws HarnessException of kind CONFIG or DATA where there is nothing to measure or to train on
     */
    public static ImageFacts of(DataSettings settings, DataSplits splits) {
        requireImages(settings, splits);
        int evaluated = splits.evaluated(settings.evaluateOn()).size();
        return new ImageFacts(
                new DataIdentity(settings, splits.digest()),
                splits.train().channels(),
                splits.train().classNames().size(),
                limited(splits.train().size(), settings.trainLimit()),
                limited(evaluated, settings.testLimit()),
                splits.validation().size());
    }

    /** Stands for images that nothing reads, of the shape of the noise that takes their place. */
    public static ImageFacts unread(DataSettings settings) {
        return new ImageFacts(new DataIdentity(settings, "not read"), NOISE_CHANNELS, 1, 1, 1);
    }

    /** Images that a training of this length sees. */
    public double seen(Schedule schedule) {
        return (double) schedule.totalSteps(trainImages) * schedule.imagesPerStep(trainImages);
    }

    private static int limited(int size, int limit) {
        return limit == 0 ? size : Math.min(size, limit);
    }
}
