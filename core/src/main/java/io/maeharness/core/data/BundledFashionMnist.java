package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
import java.util.zip.GZIPInputStream;

/**
 * The subset of Fashion-MNIST that comes with the harness: 12,000 of its training images and all
 * 10,000 test images.
 *
 * <p>The resource is a gzip file of training labels, training pixels, test labels and test pixels, in
 * this order and without headers; a properties file beside it records counts, origin and digest.
 * {@link BundleFashionMnist} makes both.
 */
final class BundledFashionMnist {

    static final String PACKED = "fashion-mnist-22000.gz";
    static final String PROPERTIES = "fashion-mnist-22000.properties";

    private static final String WAY_OUT = "the installation is damaged: build or download the harness again";

    /** Reads both parts and checks their digest. */
    DataSource.TrainAndTest read() {
        Properties properties = properties();
        int train = Integer.parseInt(properties.getProperty("train.images"));
        int test = Integer.parseInt(properties.getProperty("test.images"));
        byte[] bytes = unpack((train + test) * (1 + FashionMnist.SIDE * FashionMnist.SIDE));
        String actual = Sha256.of(bytes);
        String expected = properties.getProperty("content.sha256");
        if (!actual.equals(expected)) {
            throw HarnessException.damaged("the bundled images (" + PACKED + ") were altered: their SHA-256 is "
                    + actual + ", expected " + expected + "; " + WAY_OUT);
        }
        int split = train * (1 + FashionMnist.SIDE * FashionMnist.SIDE);
        return new DataSource.TrainAndTest(
                part("bundled/train", bytes, 0, train), part("bundled/test", bytes, split, test));
    }

    private static MemoryDataset part(String name, byte[] bytes, int from, int count) {
        int pixels = from + count;
        int end = pixels + count * FashionMnist.SIDE * FashionMnist.SIDE;
        return FashionMnist.dataset(
                name, Arrays.copyOfRange(bytes, pixels, end), Arrays.copyOfRange(bytes, from, pixels));
    }

    private static byte[] unpack(int length) {
        try (InputStream in = new GZIPInputStream(resource(PACKED), 1 << 16)) {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw HarnessException.damaged("the bundled images (" + PACKED + ") cannot be unpacked; " + WAY_OUT, e);
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        try (InputStream in = resource(PROPERTIES)) {
            properties.load(in);
        } catch (IOException e) {
            throw HarnessException.data("the bundled images' " + PROPERTIES + " cannot be read; " + WAY_OUT, e);
        }
        return properties;
    }

    private static InputStream resource(String name) {
        InputStream in = BundledFashionMnist.class.getResourceAsStream(name);
        if (in == null) {
            throw HarnessException.data("the bundled images' " + name + " is missing; " + WAY_OUT);
        }
        return in;
    }
}
