package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {

    @TempDir
    Path parent;

    private Path directory;
    private Cifar10 tiny;
    private DataRequest request;

    @BeforeEach
    void writeFiles() throws IOException {
        directory = parent.resolve(Cifar10.FOLDER);
        tiny = TinyData.cifar(directory);
        request = DataRequest.of(DataSource.CIFAR10).withDirectory(directory);
    }

    private String failure(HarnessException.Kind kind) {
        HarnessException failure = assertThrows(HarnessException.class, () -> tiny.read(request));
        assertEquals(kind, failure.kind());
        return failure.getMessage();
    }

    @Test
    void planesBecomePixels() {
        ImageDataset train = tiny.read(request).train();
        assertEquals(40, train.size());
        assertEquals(3, train.channels());
        assertEquals(7, train.label(27));
        // Pixel (0, 4) is byte 5 of the red plane, 1029 of the record's pixels in the green one.
        assertEquals(5, train.image(0).level(0, 4, 0));
        assertEquals(100 + 1029 % 50, train.image(0).level(0, 4, 1));
        assertEquals(200 + 2053 % 50, train.image(0).level(0, 4, 2));
    }

    @Test
    void theDirectoryAboveTheBatchesIsAcceptedToo() {
        assertEquals(
                tiny.read(request).test().digest(),
                tiny.read(request.withDirectory(parent)).test().digest());
    }

    @Test
    void aTruncatedBatchIsOneLineWithBothLengths() throws IOException {
        Path file = directory.resolve("data_batch_2.bin");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
        assertEquals(
                file + " is truncated: it has 1000 bytes, expected 61460; unpack cifar-10-binary.tar.gz from"
                        + " https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz again",
                failure(HarnessException.Kind.DATA_DAMAGED));
    }

    @Test
    void anAlteredBatchIsOneLineWithBothDigests() throws IOException {
        Path file = directory.resolve("test_batch.bin");
        byte[] bytes = Files.readAllBytes(file);
        String expected = Sha256.of(bytes);
        bytes[5000]++;
        Files.write(file, bytes);
        String message = failure(HarnessException.Kind.DATA_DAMAGED);
        assertTrue(
                message.contains(file + " was altered: its SHA-256 is " + Sha256.of(bytes) + ", expected " + expected),
                message);
    }

    @Test
    void aLongerBatchIsRefused() throws IOException {
        Path file = directory.resolve("test_batch.bin");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100_000));
        assertTrue(failure(HarnessException.Kind.DATA_DAMAGED).contains("is longer than the 61460 bytes expected"));
    }

    @Test
    void aMissingDirectoryIsNamed() {
        request = request.withDirectory(parent.resolve("elsewhere"));
        String message = failure(HarnessException.Kind.DATA);
        assertTrue(message.contains(parent.resolve("elsewhere") + " of CIFAR-10 does not exist"), message);
    }

    @Test
    void anUnknownSourceIsRefusedWithTheKnownOnes() {
        String message = assertThrows(IllegalArgumentException.class, () -> DataSource.of("cifar"))
                .getMessage();
        assertEquals("unknown data source 'cifar'; known are bundled, fashion-mnist, cifar10, imagefolder", message);
    }
}
