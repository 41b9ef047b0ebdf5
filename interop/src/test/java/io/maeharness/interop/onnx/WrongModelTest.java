package io.maeharness.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.Layout;
import io.maeharness.core.stage.StageData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that does not fit is refused in one line that names it. */
class WrongModelTest {
    private static final ModelSettings MODEL = new ModelSettings(32, 8, 24, 2, 2, 16, 1, 2, 2);
    private static StageData data;

    @TempDir
    private Path directory;

    @BeforeAll
    static void openData() {
        data = StageData.of(TinyRun.DATA, Optional.empty());
    }

    @Test
    void aFileThatIsNotThere() {
        assertRefused(directory.resolve("model.onnx"), "does not exist; ./mae export writes one");
    }

    @Test
    void anEmptyFile() throws IOException {
        assertRefused(Files.createFile(directory.resolve("model.onnx")), "it is an empty file");
    }

    @Test
    void aTextFile() throws IOException {
        assertRefused(Files.writeString(directory.resolve("model.onnx"), "no model\n"), "it is text, no ONNX file");
    }

    @Test
    void aTruncatedFile() throws IOException {
        Path whole = classifier(1);
        byte[] bytes = Files.readAllBytes(whole);
        for (int parts = 1; parts < 8; parts++) {
            Path file = directory.resolve("cut.onnx");
            Files.write(file, Arrays.copyOf(bytes, bytes.length * parts / 8));
            assertRefused(file, file.toString());
        }
    }

    @Test
    void anAlteredFileIsRefusedOrStillAModel() throws IOException {
        byte[] bytes = Files.readAllBytes(classifier(1));
        RandomGenerator draws = RandomGeneratorFactory.of("SplittableRandom").create(1);
        for (int i = 0; i < 60; i++) {
            byte[] altered = bytes.clone();
            altered[draws.nextInt(altered.length)] ^= (byte) (1 << draws.nextInt(8));
            Path file = Files.write(directory.resolve("altered.onnx"), altered);
            try {
                OnnxEvaluation.of(file, data, 32, PixelChoice.Given.NOTHING, "cpu", (done, all) -> {});
            } catch (HarnessException refused) {
                assertEquals(HarnessException.Kind.CHECKPOINT, refused.kind());
                assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            }
        }
    }

    @Test
    void constantsThatWereLeftBehind() throws IOException {
        Path file = directory.resolve("model.onnx");
        try (NDManager manager = Torch.open("cpu")) {
            VitExport.write(
                    new OnnxFile(file, 0),
                    Opset.V17,
                    RandomVit.weights(manager, Layout.classifier(MODEL, 1, RandomVit.CLASSES))
                            .byName(),
                    new VitHead.FineTuned(),
                    RandomVit.card(MODEL, 1),
                    "test");
        }
        Files.delete(OnnxFile.dataOf(file));
        assertRefused(file, "model.onnx.data");
    }

    @Test
    void anotherNumberOfChannels() {
        assertRefused(classifier(3), "it takes images of 3 channels, those of bundled/test/first-100 have 1");
    }

    @Test
    void anotherNumberOfClasses() {
        assertRefused(classifier(1), "it tells 7 classes apart, bundled/test/first-100 has 10");
    }

    @Test
    void otherClasses() {
        Path file = directory.resolve("model.onnx");
        VitExport.untrained(MODEL, 1, 10, Opset.V17, "test", file);
        assertRefused(file, "its classes are 0, 1, 2, ...");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version https://git-lfs.github.com/spec/v1\\noid sha256:a|it is the pointer that Git leaves",
                "<!DOCTYPE html>\\n<html>|it is a web page",
                "{\"metadata\": {}, \"weight_map\": {}}|it is the index of a model in several files",
                "{\"hidden_size\": 8}|it is JSON text",
                "not a model|it is text",
                "PK\u0003\u0004\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000"
                        + "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0005\u0000\u0000\u0000a.txt"
                        + "|it is a zip file that begins with 'a.txt'",
                "BZh91AY|it is packed by bzip2",
                "\u0080\u0002}q\u0000|it is a bare pickle",
                "@\u0000\u0000\u0000\u0000\u0000\u0000\u0000{|it is a safetensors file"
            })
    void aFileOfAnotherKindIsCalledWhatItIs(String contents, String said) throws IOException {
        Path file = Files.writeString(
                directory.resolve("model.onnx"), contents.replace("\\n", "\n"), StandardCharsets.ISO_8859_1);
        assertRefused(file, said);
    }

    @Test
    void aNameThatOnnxRuntimesProfileDoesNotQuoteCostsOnlyTheProvider() throws IOException {
        Path file = LinearOnnx.write(directory.resolve("model.onnx"), 1, 32, 10, 0);
        replace(file, "flat", "fl\"t");
        OnnxEvaluation found = OnnxEvaluation.of(file, data, 32, PixelChoice.Given.NOTHING, "cpu", (done, all) -> {});
        assertTrue(found.provider().startsWith("not known"), found.provider());
    }

    @Test
    void namesInAFileDoNotSteerATerminal() throws IOException {
        Path file = LinearOnnx.write(directory.resolve("model.onnx"), 1, 32, 10, 0);
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int use = text.indexOf("images"); // The input of the first node, which no other name then is.
        Files.writeString(
                file, text.substring(0, use) + "im\u001B[2m" + text.substring(use + 6), StandardCharsets.ISO_8859_1);
        HarnessException refused = assertThrows(
                HarnessException.class,
                () -> OnnxEvaluation.of(file, data, 32, PixelChoice.Given.NOTHING, "cpu", (done, all) -> {}));
        assertTrue(
                refused.getMessage().chars().noneMatch(Character::isISOControl),
                refused.getMessage().replace('\u001B', '^'));
    }

    @Test
    void aBatchThatIsNotComputedAtOnceIsRefused() {
        Path file = LinearOnnx.write(directory.resolve("model.onnx"), 1, 32, 10, 0);
        assertRefused(LinearOnnx.withBatch(file, 1L << 40), "its batch is of 1099511627776 images of 32 x 32 pixels");
    }

    private static void replace(Path file, String from, String to) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertEquals(from.length(), to.length());
        Files.writeString(file, text.replace(from, to), StandardCharsets.ISO_8859_1);
    }

    @Test
    void halfPrecisionIsCalledSo() {
        Path file = LinearOnnx.write(directory.resolve("model.onnx"), 1, 32, 10, 0);
        assertRefused(LinearOnnx.inHalf(file), "its input 'images' is of float16 and not of float (fp32)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void logitsThatAreNoNumbersAreNotRanked(int noNumbers) {
        Path file = LinearOnnx.write(directory.resolve("model.onnx"), 1, 32, 10, noNumbers);
        assertRefused(file, "answers NaN for class 0 on image 0 of bundled/test/first-100");
    }

    @Test
    void anEncoder() {
        Path file = directory.resolve("encoder.onnx");
        try (NDManager manager = Torch.open("cpu")) {
            var weights = RandomVit.weights(manager, Layout.encoder(MODEL, 1));
            VitExport.write(
                    new OnnxFile(file),
                    Opset.V17,
                    RandomVit.withPositions(manager, weights, MODEL),
                    new VitHead.Features(),
                    RandomVit.card(MODEL, 1),
                    "test");
        }
        assertRefused(file, "its outputs are [class_token, patch_mean] and no logits");
    }

    private Path classifier(int channels) {
        try (NDManager manager = Torch.open("cpu")) {
            return RandomVit.classifier(manager, MODEL, channels, Opset.V17, directory.resolve("model.onnx"));
        }
    }

    private static void assertRefused(Path file, String said) {
        HarnessException refused = assertThrows(
                HarnessException.class,
                () -> OnnxEvaluation.of(file, data, 32, PixelChoice.Given.NOTHING, "cpu", (done, all) -> {}));
        assertEquals(HarnessException.Kind.CHECKPOINT, refused.kind());
        assertTrue(refused.getMessage().contains(said), refused.getMessage());
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }
}
