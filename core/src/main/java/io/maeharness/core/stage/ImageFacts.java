package io.maeharness.core.stage;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.DataSplits;

/**
 * What a plan has to know of the images without reading them again.
 *
 * @param identity data set and digest
 * @param channels channels of a picture
 * @param classes number of classes
 * @param trainImages images a training stage sees in an epoch
 * @param evaluationImages images an accuracy is measured on
 */
public record ImageFacts(DataIdentity identity, int channels, int classes, int trainImages, int evaluationImages) {
    /** Channels of the noise that takes the place of images where time is measured. */
    public static final int NOISE_CHANNELS = 3;

    /** Facts of an opened data set. */
    public static ImageFacts of(DataSettings settings, DataSplits splits) {
        int evaluated = splits.evaluated(settings.evaluateOn()).size();
        return new ImageFacts(
                new DataIdentity(settings, splits.digest()),
                splits.train().channels(),
                splits.train().classNames().size(),
                limited(splits.train().size(), settings.trainLimit()),
                limited(evaluated, settings.testLimit()));
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
