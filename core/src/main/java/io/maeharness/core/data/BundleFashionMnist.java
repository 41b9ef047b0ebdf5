package io.maeharness.core.data;

import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.files.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the bundled resource out of the full Fashion-MNIST.
 *
 * <p>{@code java -cp core/target/classes io.maeharness.core.data.BundleFashionMnist FROM TO} with the
 * directory of the four IDX files (Debian: {@code /usr/share/datasets/fashion-mnist}) and {@code
 * core/src/main/resources/io/maeharness/core/data}. The unpacked content is the same on every machine;
 * the packed bytes are so wherever Java uses the stock zlib.
 */
public final class BundleFashionMnist {

    private static final long SEED = 20211111;
    private static final int TRAIN_PER_CLASS = 1_200;
    private static final int TEST_PER_CLASS = 1_000;

    private BundleFashionMnist() {}

    /**
     * Writes the packed images and their properties.
     *
     * @param args directory of the IDX files, directory to write to
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException(
                    "usage: BundleFashionMnist DIRECTORY_OF_IDX_FILES DIRECTORY_TO_WRITE_TO");
        }
        write(FashionMnist.official(), Path.of(args[0]), Path.of(args[1]), TRAIN_PER_CLASS, TEST_PER_CLASS);
    }

    static void write(FashionMnist full, Path from, Path to, int trainPerClass, int testPerClass) throws IOException {
        DataRequest request =
                DataRequest.of(DataSource.FASHION_MNIST).withDirectory(from).withAllowDownload(false);
        DataSource.TrainAndTest read = full.read(request);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int train = append(read.train(), 0, trainPerClass, content);
        int test = append(read.test(), 1, testPerClass, content);
        byte[] packed = gzip(content.toByteArray());
        Files.createDirectories(to);
        Files.write(to.resolve(BundledFashionMnist.PACKED), packed);
        String properties = describe(train, test, content.toByteArray(), packed);
        Files.writeString(to.resolve(BundledFashionMnist.PROPERTIES), properties, StandardCharsets.ISO_8859_1);
    }

    /** Appends labels, then pixels, of the chosen images in the order of the full set; returns their number. */
    private static int append(ImageDataset all, int part, int perClass, ByteArrayOutputStream content) {
        int[] chosen = choose(all, part, perClass);
        for (int index : chosen) {
            content.write(all.label(index));
        }
        for (int index : chosen) {
            content.writeBytes(all.image(index).pixels());
        }
        return chosen.length;
    }

    private static int[] choose(ImageDataset all, int part, int perClass) {
        int[] taken = new int[all.numClasses()];
        int[] chosen = new int[all.numClasses() * perClass];
        int count = 0;
        for (int index : new StageRandom(SEED).permutation(Purpose.SPLIT, part, all.size())) {
            if (taken[all.label(index)] < perClass) {
                taken[all.label(index)]++;
                chosen[count++] = index;
            }
        }
        if (count < chosen.length) {
            throw new IllegalArgumentException(all.name() + " has fewer than " + perClass + " images in some class");
        }
        Arrays.sort(chosen);
        return chosen;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new BestGzip(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }

    private static String describe(int train, int test, byte[] content, byte[] packed) {
        return String.join(
                "\n",
                "# Made by io.maeharness.core.data.BundleFashionMnist; the licence lies beside it.",
                "source=Fashion-MNIST by Zalando SE, https://github.com/zalandoresearch/fashion-mnist",
                "source.package=Debian dataset-fashion-mnist 0.0~git20200523.55506a9-1",
                "source.licence=MIT, see fashion-mnist-LICENSE.txt",
                "layout=train labels, train pixels (28x28), test labels, test pixels",
                "seed=" + SEED,
                "train.images=" + train,
                "test.images=" + test,
                "content.sha256=" + Sha256.of(content),
                "packed.sha256=" + Sha256.of(packed),
                "");
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
