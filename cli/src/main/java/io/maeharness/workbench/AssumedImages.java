package io.maeharness.workbench;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.ImageFacts;
import java.util.Locale;
import java.util.Optional;

/**
 * Facts of a published data set that is not here: enough to foretell, and not to compute.
 *
 * @param name of the data set
 * @param train its training images, of which the validation part is taken
 * @param test its test images, or those that are published for validation
 */
record AssumedImages(String name, int train, int test) {
    private static final AssumedImages IMAGENET = new AssumedImages("ImageNet-1K", 1_281_167, 50_000);
    private static final AssumedImages CIFAR10 = new AssumedImages("CIFAR-10", 50_000, 10_000);
    private static final AssumedImages FASHION_MNIST = new AssumedImages("Fashion-MNIST", 60_000, 10_000);

    /** The data set that a source is usually used with; a folder of images is taken for ImageNet-1K. */
    static Optional<AssumedImages> of(DataSource source) {
        return switch (source) {
            case IMAGE_FOLDER -> Optional.of(IMAGENET);
            case CIFAR10 -> Optional.of(CIFAR10);
            case FASHION_MNIST -> Optional.of(FASHION_MNIST);
            case BUNDLED, NOISE -> Optional.empty();
        };
    }

    /** What a plan has to know of them. */
    ImageFacts facts(DataSettings data) {
        int held = Math.toIntExact(Math.round(train * data.validationShare()));
        int evaluated = data.evaluateOn() == Split.TEST ? test : held;
        return new ImageFacts(
                new DataIdentity(data, "assumed"),
                data.dataset().channels(),
                data.dataset().classes(),
                limited(train - held, data.trainLimit()),
                limited(evaluated, data.testLimit()),
                held);
    }

    private static int limited(int size, int limit) {
        return limit == 0 ? size : Math.min(size, limit);
    }

    /** For people. */
    String words() {
        return String.format(Locale.ROOT, "%,d and %,d images of %s, which is not here: assumed", train, test, name);
    }
}
