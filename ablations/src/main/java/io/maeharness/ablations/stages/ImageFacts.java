package io.maeharness.ablations.stages;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.data.DataSplits;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.WallClock;

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
    /** Facts of an opened data set. */
    public static ImageFacts of(DataSettings settings, DataSplits splits) {
        int evaluated = settings.evaluateOn().equals("test")
                ? splits.test().size()
                : splits.validation().size();
        return new ImageFacts(
                new DataIdentity(settings, splits.digest()),
                splits.train().channels(),
                splits.train().classNames().size(),
                limited(splits.train().size(), settings.trainLimit()),
                limited(evaluated, settings.testLimit()));
    }

    /** Stands for images that nothing reads, of the shape of the noise that takes their place. */
    public static ImageFacts unread(DataSettings settings) {
        return new ImageFacts(new DataIdentity(settings, "not read"), WallClock.CHANNELS, 1, 1, 1);
    }

    private static int limited(int size, int limit) {
        return limit == 0 ? size : Math.min(size, limit);
    }
}
