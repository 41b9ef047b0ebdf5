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
    void thePythonVersionIsTheSameImagesInTheSameOrder() throws IOException {
        DataSource.TrainAndTest binary = tiny.read(request);
        Path pickled = parent.resolve("python").resolve(Cifar10.PICKLED_FOLDER);
        TinyData.pickleCifar(directory, pickled);
        for (Path given : new Path[] {pickled, pickled.getParent()}) {
            DataSource.TrainAndTest read = tiny.read(request.withDirectory(given));
            assertEquals(binary.train().digest(), read.train().digest());
            assertEquals(binary.test().digest(), read.test().digest());
        }
    }

    @Test
    void aPickleOfOtherImagesIsRefused() throws IOException {
        Path pickled = parent.resolve(Cifar10.PICKLED_FOLDER);
        TinyData.pickleCifar(directory, pickled);
        request = request.withDirectory(pickled);
        Path file = pickled.resolve("data_batch_2");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
        String message = failure(HarnessException.Kind.DATA_DAMAGED);
        assertTrue(message.startsWith("what " + file + " holds was altered: its SHA-256 is"), message);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        message = failure(HarnessException.Kind.DATA_DAMAGED);
        assertTrue(message.contains("is no batch of CIFAR-10's Python version: its pickle ends early"), message);
    }

    @Test
    void aPickleIsNeverExecuted() throws IOException {
        Path pickled = parent.resolve(Cifar10.PICKLED_FOLDER);
        TinyData.pickleCifar(directory, pickled);
        request = request.withDirectory(pickled);
        Path file = pickled.resolve("data_batch_1");
        for (String pickle : new String[] {
            "\u0080\2cos\nsystem\nU\4trueq\1\u0085R.",
            "\u0080\2]q\1(h\1h\1e.",
            "\u0080\2cposix\nsystem\n(S'x'\ntR.",
            "\u0080\2("
        }) {
            Files.write(file, pickle.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            String message = failure(HarnessException.Kind.DATA_DAMAGED);
            assertTrue(message.startsWith(file + " is no batch of CIFAR-10's Python version: it"), message);
        }
    }

    @Test
    void whatLiesThereInsteadIsNamed() throws IOException {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        request = request.withDirectory(elsewhere);
        assertTrue(failure(HarnessException.Kind.DATA).contains("holds neither data_batch_1.bin nor data_batch_1"));
        Files.writeString(elsewhere.resolve("cifar-10-python.tar.gz"), "");
        assertTrue(failure(HarnessException.Kind.DATA)
                .contains("holds cifar-10-python.tar.gz, which is not unpacked: tar -xzf"));
        Files.writeString(elsewhere.resolve("data_batch_1"), "version https://git-lfs.github.com/spec/v1\n");
        assertTrue(failure(HarnessException.Kind.DATA_DAMAGED).contains("it is a pointer of Git LFS"));
        Files.writeString(elsewhere.resolve("data_batch_1.bin"), "<!doctype html><title>Not here</title>");
        assertTrue(failure(HarnessException.Kind.DATA_DAMAGED).contains("it is a web page ('Not here')"));
        request = request.withDirectory(elsewhere.resolve("data_batch_1.bin"));
        assertTrue(failure(HarnessException.Kind.DATA).contains("and no directory of CIFAR-10"));
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
