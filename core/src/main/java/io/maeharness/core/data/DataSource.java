package io.maeharness.core.data;

import io.maeharness.core.image.PixelHistogram;
import io.maeharness.core.image.PixelStatistics;
import java.util.Arrays;
import java.util.List;

/** The kinds of data that the harness can read. */
public enum DataSource {
    /** 22,000 images of Fashion-MNIST that come with the harness. */
    BUNDLED("bundled") {
        @Override
        TrainAndTest read(DataRequest request) {
            return new BundledFashionMnist().read();
        }
    },
    /** All 70,000 images of Fashion-MNIST, from a directory or a download. */
    FASHION_MNIST("fashion-mnist") {
        @Override
        TrainAndTest read(DataRequest request) {
            return FashionMnist.official().read(request);
        }
    },
    /** All 60,000 images of CIFAR-10, from a directory or a download. */
    CIFAR10("cifar10") {
        @Override
        TrainAndTest read(DataRequest request) {
            return Cifar10.official().read(request);
        }
    },
    /** A directory with {@code train/CLASS/*.jpg} and {@code val/CLASS/*.jpg}, such as ImageNet. */
    IMAGE_FOLDER("imagefolder") {
        @Override
        TrainAndTest read(DataRequest request) {
            return ImageFolder.read(request);
        }

        @Override
        PixelStatistics statistics(ImageDataset train) {
            return PixelStatistics.IMAGENET;
        }
    };

    private final String key;

    DataSource(String key) {
        this.key = key;
    }

    /** Returns the name under which configurations know it. */
    public String key() {
        return key;
    }

    /** Returns the keys of all sources. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(DataSource::key).toList();
    }

    /**
     * Returns the source of a key.
     *
     * @throws IllegalArgumentException when there is none; the message lists the known ones
     */
    public static DataSource of(String key) {
        return Arrays.stream(values())
                .filter(source -> source.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown data source '" + key + "'; known are " + String.join(", ", keys())));
    }

    /**
     * Opens a data set and carves its validation split.
     *
     * @throws io.maeharness.core.error.HarnessException of kind DATA when a file is missing, DATA_DAMAGED when one is truncated or altered
     */
    public static DataSplits open(DataRequest request) {
        DataSource source = of(request.source());
        TrainAndTest read = source.read(request);
        DataSplits.Carved carved = DataSplits.carve(read.train(), request.validationShare());
        ImageDataset train = carved.train(read.train(), source.key + "/train");
        ImageDataset validation = carved.validation(read.train(), source.key + "/validation");
        return new DataSplits(train, validation, read.test(), source.statistics(train));
    }

    /** Returns the publisher's two parts. */
    abstract TrainAndTest read(DataRequest request);

    /** Returns the statistics of the training part as it is stored. */
    PixelStatistics statistics(ImageDataset train) {
        PixelHistogram histogram = new PixelHistogram(train.channels());
        for (int i = 0; i < train.size(); i++) {
            histogram.add(train.image(i));
        }
        return histogram.statistics();
    }
}
