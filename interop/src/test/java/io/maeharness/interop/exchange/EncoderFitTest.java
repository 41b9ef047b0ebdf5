package io.maeharness.interop.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.checkpoint.Safetensors;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.SinCosPositions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderFitTest {
    private static final ModelSettings MODEL = new ModelSettings(8, 4, 8, 2, 2, 4, 1, 1, 2);
    private static final int CHANNELS = 1;
    private static final int OUTPUTS = 16;

    @TempDir
    Path directory;

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private static final class Tensor {
        private final List<Long> shape;
        private final float[] values;

        Tensor(List<Long> shape, float[] values) {
            this.shape = shape;
            this.values = values;
        }

        List<Long> shape() {
            return shape;
        }

        float[] values() {
            return values;
        }
    }

    @BeforeEach
    void wholeModel() {
        for (ParameterSpec spec : Layout.maskedAutoencoder(MODEL, CHANNELS, OUTPUTS, false)) {
            tensors.put(spec.name(), new Tensor(spec.shape(), PthFile.values(spec.name(), (int) spec.count())));
        }
        tensors.put("pos_embed", new Tensor(List.of(1L, 5L, 8L), SinCosPositions.table(8, 2)));
        tensors.put("decoder_pos_embed", new Tensor(List.of(1L, 5L, 4L), SinCosPositions.table(4, 2)));
    }

    @Test
    void exportingAndImportingGivesTheSameFileByteForByte() throws IOException {
        Path exported = write("exported");
        EncoderFit fit = fit(exported);
        assertTrue(fit.decoder());
        assertFalse(fit.learnedPositions());
        assertEquals(List.of(), fit.remarks());
        assertArrayEquals(Files.readAllBytes(exported), Files.readAllBytes(imported(exported)));
    }

    @Test
    void aPyTorchCheckpointAndASafetensorsFileOfTheSameWeightsAreImportedAsTheSame() throws IOException {
        Path safetensors = imported(write("one"));
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(
                name, tensor.shape().stream().mapToLong(Long::longValue).toArray()));
        shapes.keySet().removeIf(name -> name.endsWith("pos_embed"));
        Path pth = Files.write(
                directory.resolve("model.pth"), PthFile.model(shapes).bytes());
        Map<String, float[]> expected = read(safetensors);
        expected.keySet().removeIf(name -> name.endsWith("pos_embed"));
        Map<String, float[]> found = read(imported(pth));
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, values) -> assertArrayEquals(values, found.get(name), name));
    }

    @Test
    void huggingFacesQueryKeyAndValueAreStackedInThisOrder() throws IOException {
        Tensor qkv = tensors.remove("blocks.1.attn.qkv.weight");
        List<String> parts = List.of("query", "value", "key");
        for (String part : parts) {
            int third = List.of("query", "key", "value").indexOf(part);
            tensors.put(
                    "vit.encoder.layer.1.attention.attention." + part + ".weight",
                    new Tensor(List.of(8L, 8L), Arrays.copyOfRange(qkv.values(), third * 64, third * 64 + 64)));
        }
        assertArrayEquals(qkv.values(), read(imported(write("hf"))).get("blocks.1.attn.qkv.weight"));
        tensors.remove("vit.encoder.layer.1.attention.attention.key.weight");
        assertRefused("it has query, key or value of 'blocks.1.attn.qkv.weight', but not all three");
    }

    @Test
    void aFileWithoutTheDecoderIsAnEncoderAndSaysThatItCannotReconstruct() {
        tensors.keySet().removeIf(OfficialNames::isDecoder);
        EncoderFit fit = fit(write("encoder"));
        assertFalse(fit.decoder());
        assertEquals(List.of("it has no decoder, so it cannot reconstruct"), fit.remarks());
    }

    @Test
    void aFineTunedFileGivesItsEncoderWithItsPositionsAndTheNormBeforeItsHead() throws IOException {
        tensors.keySet().removeIf(OfficialNames::isDecoder);
        Tensor weight = tensors.remove("norm.weight");
        Tensor bias = tensors.remove("norm.bias");
        tensors.put("fc_norm.weight", weight);
        tensors.put("fc_norm.bias", bias);
        tensors.put("head.weight", new Tensor(List.of(10L, 8L), new float[80]));
        tensors.put("head.bias", new Tensor(List.of(10L), new float[10]));
        tensors.get("pos_embed").values()[9] += 0.01f;
        Path file = write("finetuned");
        EncoderFit fit = fit(file);
        assertTrue(fit.learnedPositions());
        assertTrue(
                fit.remarks().get(0).contains("'fc_norm.weight' stands in"),
                fit.remarks().toString());
        Map<String, float[]> imported = read(imported(file));
        assertArrayEquals(weight.values(), imported.get("norm.weight"));
        assertArrayEquals(tensors.get("pos_embed").values(), imported.get("pos_embed"));
        assertFalse(imported.containsKey("head.weight"));
    }

    @Test
    void aWrongSizeIsNamedWithBothShapes() {
        tensors.put("norm.bias", new Tensor(List.of(9L), new float[9]));
        assertRefused("tensor 'norm.bias' has shape [9], the model needs [8]");
    }

    @Test
    void aMissingTensorIsNamedWithItsShape() {
        tensors.remove("blocks.1.mlp.fc1.weight");
        assertRefused("tensor 'blocks.1.mlp.fc1.weight' [16, 8] is missing");
    }

    @Test
    void anExtraTensorIsNamedWithItsShapeAndWhatTheModelHas() {
        tensors.put("blocks.2.norm1.weight", new Tensor(List.of(8L), new float[8]));
        assertRefused("tensor 'blocks.2.norm1.weight' [8] is not one of the model's, which has 2 blocks of width 8");
    }

    @Test
    void theHeadOfAContrastivePretrainingIsLeftOut() throws IOException {
        tensors.put("projector.0.weight", new Tensor(List.of(4L, 8L), new float[32]));
        tensors.put("predictor.0.weight", new Tensor(List.of(4L, 4L), new float[16]));
        Path file = write("contrastive");
        assertTrue(fit(file).remarks().get(0).startsWith("the head (projector.0.weight, predictor.0.weight)"));
        assertFalse(read(imported(file)).containsKey("projector.0.weight"));
    }

    @Test
    void relativePositionsAreNamedAsSuch() {
        tensors.put("blocks.0.attn.relative_position_bias_table", new Tensor(List.of(28L, 2L), new float[56]));
        assertRefused("relative_position_bias_table' holds relative positions, as BEiT's encoder has them; take an"
                + " encoder that adds");
    }

    @Test
    void valuesThatAreNoNumbersAreRefused() {
        tensors.get("norm.weight").values()[3] = Float.NaN;
        Path file = write("diverged");
        HarnessException e = assertThrows(HarnessException.class, () -> imported(file));
        assertTrue(e.getMessage().contains("tensor 'norm.weight' holds NaN; take the weights"), e.getMessage());
    }

    @Test
    void positionsOfAnotherGridAreNamedWithBothShapes() {
        tensors.put("pos_embed", new Tensor(List.of(1L, 17L, 8L), new float[136]));
        assertRefused("tensor 'pos_embed' has shape [1, 17, 8], the model needs [1, 5, 8]");
    }

    private void assertRefused(String said) {
        HarnessException e = assertThrows(HarnessException.class, () -> fit(write("wrong")));
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        assertTrue(e.getMessage().contains(said), e.getMessage());
    }

    private static EncoderFit fit(Path file) {
        try (ForeignModel model = ForeignModel.open(file)) {
            return model.fit(MODEL, CHANNELS, OUTPUTS);
        }
    }

    private Path imported(Path file) {
        Path target = directory.resolve(file.getFileName() + "-imported");
        try (ForeignModel model = ForeignModel.open(file)) {
            model.fit(MODEL, CHANNELS, OUTPUTS).write(target);
        }
        return target;
    }

    private Path write(String name) {
        Path file = directory.resolve(name + ".safetensors");
        List<Safetensors.Outgoing> outgoing = new ArrayList<>();
        tensors.forEach((key, tensor) -> outgoing.add(
                new Safetensors.Outgoing(key, tensor.shape(), () -> ByteBuffer.wrap(PthFile.floats(tensor.values()))
                        .order(ByteOrder.LITTLE_ENDIAN))));
        Safetensors.write(file, outgoing, Map.of("format", "pt"));
        return file;
    }

    private static Map<String, float[]> read(Path file) {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (ForeignCheckpoint opened = ForeignCheckpoint.open(file)) {
            opened.tensors().forEach((name, tensor) -> values.put(name, opened.values(tensor)));
        }
        return values;
    }
}
