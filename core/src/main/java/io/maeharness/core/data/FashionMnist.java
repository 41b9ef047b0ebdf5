package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.Picture;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fashion-MNIST in its four IDX files: 60,000 training and 10,000 test images, 28x28 grey, 10 classes.
 *
 * <p>Source: Xiao, Rasul and Vollgraf, "Fashion-MNIST", arXiv 1708.07747; Zalando SE, MIT licence.
 */
final class FashionMnist {

    static final List<String> CLASSES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    static final int SIDE = 28;

    /** Where Debian's package {@code dataset-fashion-mnist} puts the files. */
    static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");

    private static final URI ADDRESS = URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");
    private static final int IMAGES_MAGIC = 0x803;
    private static final int LABELS_MAGIC = 0x801;

    private final DataFile trainImages;
    private final DataFile trainLabels;
    private final DataFile testImages;
    private final DataFile testLabels;
    private final Path usualPlace;

    FashionMnist(
            DataFile trainImages, DataFile trainLabels, DataFile testImages, DataFile testLabels, Path usualPlace) {
        this.trainImages = trainImages;
        this.trainLabels = trainLabels;
        this.testImages = testImages;
        this.testLabels = testLabels;
        this.usualPlace = usualPlace;
    }

    static FashionMnist official() {
        return new FashionMnist(
                new DataFile(
                        "train-images-idx3-ubyte.gz",
                        16 + 60_000 * SIDE * SIDE,
                        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                new DataFile(
                        "train-labels-idx1-ubyte.gz",
                        8 + 60_000,
                        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                new DataFile(
                        "t10k-images-idx3-ubyte.gz",
                        16 + 10_000 * SIDE * SIDE,
                        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                new DataFile(
                        "t10k-labels-idx1-ubyte.gz",
                        8 + 10_000,
                        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
                DEBIAN);
    }

    List<DataFile> files() {
        return List.of(trainImages, trainLabels, testImages, testLabels);
    }

    /** Reads both parts from the first place that has the files. */
    DataSource.TrainAndTest read(DataRequest request) {
        Path directory = locate(request);
        return new DataSource.TrainAndTest(
                part("fashion-mnist/train", directory, trainImages, trainLabels),
                part("fashion-mnist/test", directory, testImages, testLabels));
    }

    private Path locate(DataRequest request) {
        if (request.directory().isPresent()) {
            return request.directory().get();
        }
        if (Files.isDirectory(usualPlace)) {
            return usualPlace;
        }
        Path cache = request.cacheDirectory().resolve("fashion-mnist");
        URI address = request.mirror().orElse(ADDRESS);
        for (DataFile file : files()) {
            if (!Files.isRegularFile(cache.resolve(file.name()))) {
                Download.requireAllowed(request, "fashion-mnist", address);
                URI at = address.resolve(file.name());
                Download.checked(new Transfer(at, request.listener()), at, file, cache);
            }
        }
        return cache;
    }

    private static MemoryDataset part(String name, Path directory, DataFile images, DataFile labels) {
        String wayOut = "fetch " + images.name() + " and " + labels.name()
                + " again, or install Debian's package dataset-fashion-mnist";
        byte[] pixels = idx(directory.resolve(images.name()), images.read(directory, wayOut), IMAGES_MAGIC, wayOut);
        byte[] classes = idx(directory.resolve(labels.name()), labels.read(directory, wayOut), LABELS_MAGIC, wayOut);
        return dataset(name, pixels, classes);
    }

    /** Returns the elements of an IDX file after a check of its header. */
    private static byte[] idx(Path file, byte[] bytes, int magic, String wayOut) {
        int header = magic == IMAGES_MAGIC ? 16 : 8;
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int elementBytes = magic == IMAGES_MAGIC ? SIDE * SIDE : 1;
        if (bytes.length < header
                || buffer.getInt(0) != magic
                || buffer.getInt(4) * (long) elementBytes != bytes.length - header) {
            throw HarnessException.damaged(
                    file + " is not an IDX file of Fashion-MNIST: its header does not fit its length; " + wayOut);
        }
        return Arrays.copyOfRange(bytes, header, bytes.length);
    }

    /**
     * Returns a data set of 28x28 images.
     *
     * @param pixels [count, 28, 28]
     * @param labels [count]
     */
    static MemoryDataset dataset(String name, byte[] pixels, byte[] labels) {
        int area = SIDE * SIDE;
        List<Picture> pictures = new ArrayList<>(labels.length);
        int[] classes = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            pictures.add(new Picture(SIDE, SIDE, 1, Arrays.copyOfRange(pixels, i * area, (i + 1) * area)));
            classes[i] = labels[i];
        }
        return new MemoryDataset(name, CLASSES, pictures, classes);
    }
}
