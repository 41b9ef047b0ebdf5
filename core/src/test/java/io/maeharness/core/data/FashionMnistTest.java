package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {

    @TempDir
    Path directory;

    private FashionMnist tiny;
    private DataRequest request;

    @BeforeEach
    void writeFiles() throws IOException {
        tiny = TinyData.fashion(directory, 5);
        request = DataRequest.of(DataSource.FASHION_MNIST).withDirectory(directory);
    }

    private String failure(HarnessException.Kind kind) {
        HarnessException failure = assertThrows(HarnessException.class, () -> tiny.read(request));
        assertEquals(kind, failure.kind());
        assertEquals(1, failure.getMessage().lines().count());
        return failure.getMessage();
    }

    @Test
    void imagesAndLabelsComeInTheOrderOfTheFiles() {
        DataSource.TrainAndTest read = tiny.read(request);
        assertEquals(50, read.train().size());
        assertEquals(20, read.test().size());
        assertEquals(3, read.train().label(13));
        assertEquals((13 * 784 + 29) * 7 % 253, read.train().image(13).level(1, 1, 0));
        assertEquals(28, read.train().image(0).width());
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(directory.resolve("train-labels.gz"));
        String message = failure(HarnessException.Kind.DATA);
        assertTrue(message.contains(directory.resolve("train-labels.gz") + " is missing"), message);
        assertTrue(message.contains("dataset-fashion-mnist"), message);
    }

    @Test
    void aFileCutInHalfIsCalledTruncated() throws IOException {
        Path file = directory.resolve("train-images.gz");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        String message = failure(HarnessException.Kind.DATA_DAMAGED);
        assertTrue(message.contains(file + " is truncated"), message);
    }

    @Test
    void aChangedByteIsNoticed() throws IOException {
        Path file = directory.resolve("test-images.gz");
        byte[] content;
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            content = in.readAllBytes();
        }
        content[100]++;
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
        String message = failure(HarnessException.Kind.DATA_DAMAGED);
        assertTrue(message.contains(file + " was altered: its SHA-256 is " + Sha256.of(content)), message);
    }

    @Test
    void aFileThatIsNoGzipIsNamed() throws IOException {
        Files.writeString(directory.resolve("train-images.gz"), "<html>not found</html>");
        String message = failure(HarnessException.Kind.DATA_DAMAGED);
        assertTrue(message.contains("train-images.gz is not a valid gzip file"), message);
    }

    @Test
    void theOfficialFilesAreWantedByTheSource() {
        HarnessException failure = assertThrows(HarnessException.class, () -> DataSource.open(request));
        assertTrue(failure.getMessage().contains("train-images-idx3-ubyte.gz is missing"), failure.getMessage());
    }

    @Test
    void bundlingTakesTheSameNumberOfEachClassAndCanBeRepeated(@TempDir Path first, @TempDir Path second)
            throws IOException {
        BundleFashionMnist.write(tiny, directory, first, 3, 1);
        BundleFashionMnist.write(tiny, directory, second, 3, 1);
        byte[] packed = Files.readAllBytes(first.resolve(BundledFashionMnist.PACKED));
        assertArrayEquals(packed, Files.readAllBytes(second.resolve(BundledFashionMnist.PACKED)));
        byte[] content;
        try (var in = new GZIPInputStream(Files.newInputStream(first.resolve(BundledFashionMnist.PACKED)))) {
            content = in.readAllBytes();
        }
        assertEquals(40 * 785, content.length);
        int[] counts = new int[10];
        for (int i = 0; i < 30; i++) {
            counts[content[i]]++;
        }
        assertArrayEquals(new int[] {3, 3, 3, 3, 3, 3, 3, 3, 3, 3}, counts);
        Properties properties = new Properties();
        try (var in = Files.newInputStream(first.resolve(BundledFashionMnist.PROPERTIES))) {
            properties.load(in);
        }
        assertEquals(Sha256.of(content), properties.getProperty("content.sha256"));
        assertEquals("30", properties.getProperty("train.images"));
    }
}
