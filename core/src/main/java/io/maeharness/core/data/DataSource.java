package io.maeharness.core.data;

import io.maeharness.core.discovery.Named;
import io.maeharness.core.image.PixelHistogram;
import io.maeharness.core.image.PixelStatistics;
import java.util.List;

/** The kinds of data that the harness can read. */
public enum DataSource implements Named {
    /** 22,000 images of Fashion-MNIST that come with the harness. */
    BUNDLED("bundled", 1, 10) {
        @Override
        TrainAndTest read(DataRequest request) {
            return new BundledFashionMnist().read();
        }
    },
    /** All 70,000 images of Fashion-MNIST, from a directory or a download. */
    FASHION_MNIST("fashion-mnist", 1, 10) {
        @Override
        TrainAndTest read(DataRequest request) {
            return FashionMnist.official().read(request);
        }
    },
    /** All 60,000 images of CIFAR-10, from a directory or a download. */
    CIFAR10("cifar10", 3, 10) {
        @Override
        TrainAndTest read(DataRequest request) {
            return Cifar10.official().read(request);
        }
    },
    /** A directory with {@code train/CLASS/*.jpg} and {@code val/CLASS/*.jpg}, such as ImageNet. */
    IMAGE_FOLDER("imagefolder", 3, 1000) {
        @Override
        TrainAndTest read(DataRequest request) {
            return ImageFolder.read(request);
        }

        @Override
        TestImages readTest(DataRequest request) {
            return ImageFolder.test(request);
        }

        @Override
        PixelStatistics statistics(ImageDataset train) {
            return PixelStatistics.IMAGENET;
        }
    },
    /** Gaussian pixels instead of pictures: what steps are timed with. Nothing can be learnt of it. */
    NOISE("noise", 3, 1) {
        @Override
        TrainAndTest read(DataRequest request) {
            throw new IllegalStateException("noise is drawn where it is used and cannot be opened");
        }

        @Override
        public boolean forProfiles() {
            return false;
        }
    };

    private final String key;
    private final int channels;
    private final int classes;

    DataSource(String key, int channels, int classes) {
        this.key = key;
        this.channels = channels;
        this.classes = classes;
    }

    @Override
    public String key() {
        return key;
    }

    /** Returns the channels of its pictures, without opening it; of a folder, those of ImageNet. */
    public int channels() {
        return channels;
    }

    /** Returns its number of classes, without opening it; of a folder, ImageNet's. */
    public int classes() {
        return classes;
    }

    /** Returns the keys of all sources that a profile may name. */
    public static List<String> keys() {
        return Named.keys(DataSource.class);
    }

    /**
     * Returns the source of a key.
     *
     * @throws IllegalArgumentException when there is none; the message lists the known ones
     */
    public static DataSource of(String key) {
        return Named.of(DataSource.class, "data source", key);
    }

    /**
     * Opens a data set and carves its validation split.
     *
     * @throws io.maeharness.core.error.HarnessException of kind DATA when a file is missing, DATA_DAMAGED when one is truncated or altered
     */
    public static DataSplits open(DataRequest request) {
        DataSource source = request.source();
        TrainAndTest read = source.read(request);
        DataSplits.Carved carved = DataSplits.carve(read.train(), request.validationShare());
        ImageDataset train = carved.train(read.train(), source.key + "/train");
        ImageDataset validation = carved.validation(read.train(), source.key + "/validation");
        return new DataSplits(train, validation, read.test(), source.statistics(train), read.left());
    }

    /**
     * Opens the test images of a data set alone; an image folder needs no training images for that.
     *
     * @return the images, what standardises their pixels, and what is left out
     * @throws io.maeharness.core.error.HarnessException as {@link #open}
     */
    public static TestImages openTest(DataRequest request) {
        return request.source().readTest(request);
    }

    /** Returns the test images; a data set whose statistics are those of its training images is opened as a whole. */
    TestImages readTest(DataRequest request) {
        DataSplits splits = open(request);
        return new TestImages(splits.test(), splits.statistics(), splits.left());
    }

    /**
     * The test images of a data set.
     *
     * @param images all of them
     * @param statistics mean and deviation that standardise their pixels
     * @param left what lies beside them
     */
    public record TestImages(ImageDataset images, PixelStatistics statistics, LeftOut left) {}

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

    /**
     * What a data set's publisher hands out.
     *
     * @param train the training pictures, the later validation part among them
     * @param test the test pictures
     * @param left what lies beside them
     */
    record TrainAndTest(ImageDataset train, ImageDataset test, LeftOut left) {
        /** All that there is. */
        TrainAndTest(ImageDataset train, ImageDataset test) {
            this(train, test, LeftOut.NOTHING);
        }
    }
}
