package io.maeharness.interop.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.checkpoint.Safetensors;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints as the methods that MAE is compared with leave them. */
class ForeignNamesTest {
    private static final ModelSettings MODEL = new ModelSettings(8, 4, 192, 1, 3, 4, 1, 1, 2);

    @TempDir
    private Path directory;

    private static Map<String, long[]> encoder(String prefix) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (ParameterSpec spec : Layout.encoder(MODEL, 1)) {
            shapes.put(
                    prefix + spec.name(),
                    spec.shape().stream().mapToLong(Long::longValue).toArray());
        }
        return shapes;
    }

    private static Map<String, long[]> with(Map<String, long[]> shapes, Object... more) {
        Map<String, long[]> all = new LinkedHashMap<>(shapes);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], (long[]) more[i + 1]);
        }
        return all;
    }

    private Path write(Map<String, Map<String, long[]>> models, Map<String, Object> arguments) throws IOException {
        return Files.write(
                directory.resolve("file.pth"),
                PthFile.checkpoint(models, arguments).bytes());
    }

    private static List<String> remarks(Path file) {
        try (ForeignModel model = ForeignModel.open(file)) {
            return model.fit(MODEL, 1, 16).remarks();
        }
    }

    private static String refusal(Path file) {
        HarnessException e = assertThrows(HarnessException.class, () -> remarks(file));
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        return e.getMessage();
    }

    @Test
    void ofDinosStudentAndTeacherTheTeacherIsTaken() throws IOException {
        Map<String, Map<String, long[]>> dino = new LinkedHashMap<>();
        dino.put("student", with(encoder("module.backbone."), "module.head.mlp.0.weight", new long[] {4, 8}));
        dino.put("teacher", with(encoder("backbone."), "head.mlp.0.weight", new long[] {4, 8}));
        List<String> remarks = remarks(write(dino, Map.of("arch", "vit_tiny")));
        assertEquals("of 'teacher', 'student' in it, 'teacher' is taken", remarks.get(0));
        assertEquals(
                "its names begin with 'backbone.', which is taken off; what begins otherwise is left out:"
                        + " 'head.mlp.0.weight'",
                remarks.get(1));
    }

    @Test
    void ofMocosTwoEncodersTheOneThatLearnsIsTaken() throws IOException {
        Map<String, long[]> both = encoder("module.momentum_encoder.");
        both.putAll(with(encoder("module.base_encoder."), "module.predictor.0.weight", new long[] {4, 4}));
        String remark = remarks(write(Map.of("state_dict", both), Map.of())).get(0);
        assertTrue(remark.startsWith("its names begin with 'module.base_encoder.', which is taken off"), remark);
        assertTrue(remark.contains("'module.momentum_encoder.cls_token'"), remark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backbone.", "encoder.", "model.", "model.backbone.", "module.encoder.", "vit_model."})
    void aPrefixIsTakenOffAndSaid(String prefix) throws IOException {
        assertTrue(remarks(write(Map.of("model", encoder(prefix)), Map.of()))
                .get(0)
                .startsWith("its names begin with '" + prefix + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "module.", "_orig_mod.module."})
    void wrappersOfAWholeModelAreNotWorthARemark(String prefix) throws IOException {
        assertEquals(
                List.of("it has no decoder, so it cannot reconstruct"),
                remarks(write(Map.of("model", encoder(prefix)), Map.of())));
    }

    @Test
    void severalEncodersWithoutOneToBePreferredAreNamed() throws IOException {
        Map<String, long[]> both = encoder("image.");
        both.putAll(encoder("video."));
        String said = refusal(write(Map.of("model", both), Map.of()));
        assertTrue(said.contains("it has several encoders, whose names begin with 'image.', 'video.'; save"), said);
    }

    @Test
    void theNamesOfWhatIsNoVisionTransformerAreListed() throws IOException {
        Map<String, long[]> other = Map.of("conv1.weight", new long[] {4, 3, 7, 7});
        String said = refusal(write(Map.of("state_dict", other), Map.of()));
        assertTrue(said.contains("its 1 tensors are 'conv1.weight'; take a vision transformer"), said);
        assertTrue(!said.contains("--profile") && !said.contains("get it again"), said);
    }

    @Test
    void anotherArchitectureIsNotCalledAnotherSize() throws IOException {
        Map<String, long[]> scaled = with(encoder(""), "blocks.0.ls1.gamma", new long[] {192});
        String said = refusal(write(Map.of("model", scaled), Map.of()));
        assertTrue(said.contains("'blocks.0.ls1.gamma' [192] is not one of the plain vision transformer's"), said);
    }

    @Test
    void channelsAreCalledChannels() throws IOException {
        Map<String, long[]> colour = with(encoder(""), "patch_embed.proj.weight", new long[] {192, 3, 4, 4});
        String said = refusal(write(Map.of("model", colour), Map.of()));
        assertTrue(said.contains("it takes images of 3 channels, those of the profile have 1; choose images"), said);
    }

    @Test
    void onlyAFileThatIsCutIsToBeGotAgain() throws IOException {
        byte[] whole = PthFile.model(encoder("")).bytes();
        Path cut = Files.write(directory.resolve("cut.pth"), Arrays.copyOf(whole, whole.length / 2));
        assertTrue(refusal(cut).endsWith("is missing; get it again"), refusal(cut));
        Path zip = Files.write(
                directory.resolve("other.pth"), PthFile.of(new byte[1]).bytes());
        assertTrue(!refusal(zip).contains("get it again"), refusal(zip));
    }

    @Test
    void theArgumentsOfAnOfficialTrainingSayHeadsTargetAndRatio() throws IOException {
        Path file = write(
                Map.of("model", encoder("")),
                Map.of("model", "mae_vit_tiny_patch4", "norm_pix_loss", true, "mask_ratio", 0.6));
        assertEquals(
                Map.of(
                        "model.encoderHeads", "3",
                        "model.decoderHeads", "16",
                        "pretrain.target", "pixel-norm",
                        "pretrain.maskRatio", "0.6"),
                declared(file));
    }

    @Test
    void anArchitectureOfAnotherWidthIsNotBelieved() throws IOException {
        assertEquals(Map.of(), declared(write(Map.of("model", encoder("")), Map.of("model", "vit_large_patch16"))));
    }

    @Test
    void aConfigurationBesideTheFileIsReadIfItIsOfTheSameModel() throws IOException {
        Path file = write(Map.of("model", encoder("")), Map.of());
        String config = "{\"hidden_size\": %d, \"num_hidden_layers\": 1, \"num_attention_heads\": 6, \"patch_size\": 4,"
                + " \"norm_pix_loss\": false, \"mask_ratio\": 0.5}";
        Files.writeString(directory.resolve("config.json"), String.format(config, 192));
        assertEquals(
                Map.of(
                        "model.encoderHeads", "6",
                        "model.patchSize", "4",
                        "pretrain.target", "pixel",
                        "pretrain.maskRatio", "0.5"),
                declared(file));
        Files.writeString(directory.resolve("config.json"), String.format(config, 768));
        assertEquals(Map.of(), declared(file));
        try (ForeignModel model = ForeignModel.open(file)) {
            assertTrue(model.disbelieved().get(0).startsWith("config.json beside it speaks of 1 blocks of width 768"));
        }
    }

    private static Map<String, String> declared(Path file) {
        try (ForeignModel model = ForeignModel.open(file)) {
            return model.declared();
        }
    }

    @Test
    void theFilesOfAnIndexAreOneModel() throws IOException {
        Path index = sharded();
        assertEquals(List.of("it has no decoder, so it cannot reconstruct"), remarks(index));
        try (ForeignModel model = ForeignModel.open(index)) {
            assertEquals(encoder("").size(), model.names().size());
            String digest = model.digest();
            Path part = directory.resolve("model-00002-of-00002.safetensors");
            byte[] bytes = Files.readAllBytes(part);
            bytes[bytes.length - 1] ^= 1;
            Files.write(part, bytes);
            try (ForeignModel altered = ForeignModel.open(index)) {
                assertTrue(!altered.digest().equals(digest), "the parts are part of the digest");
            }
        }
    }

    @Test
    void whatIsWrongWithAPartIsSaidOfThePart() throws IOException {
        Path index = sharded();
        Path part = directory.resolve("model-00002-of-00002.safetensors");
        assertTrue(refusal(part).contains("it is one of 2 parts of a model; name their index, "), refusal(part));
        Path whole = directory.resolve("model.safetensors");
        assertTrue(refusal(whole).endsWith("the index of its parts does: name " + index), refusal(whole));
        byte[] bytes = Files.readAllBytes(part);
        Files.write(part, Arrays.copyOf(bytes, bytes.length - 4));
        assertTrue(
                refusal(index).contains("of its part 'model-00002-of-00002.safetensors': it ends early"),
                refusal(index));
        Files.delete(part);
        assertTrue(
                refusal(index).contains("its part 'model-00002-of-00002.safetensors' is missing beside it"),
                refusal(index));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../model.safetensors", "/etc/passwd", "model.bin", "a/b.safetensors", "\\u0000.safetensors"})
    void anIndexReachesNothingButItsNeighbours(String place) throws IOException {
        Path index = Files.writeString(
                directory.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"cls_token\": \"" + place + "\"}}");
        assertTrue(refusal(index).contains("which is no safetensors file beside it"), refusal(index));
    }

    /** The encoder in two files with an index. */
    private Path sharded() throws IOException {
        List<ParameterSpec> specs = Layout.encoder(MODEL, 1);
        StringBuilder places = new StringBuilder();
        for (int k = 1; k <= 2; k++) {
            String name = "model-0000" + k + "-of-00002.safetensors";
            List<Safetensors.Outgoing> tensors = new ArrayList<>();
            for (int i = k - 1; i < specs.size(); i += 2) {
                ParameterSpec spec = specs.get(i);
                places.append(places.isEmpty() ? "" : ", ")
                        .append('"')
                        .append(spec.name())
                        .append("\": \"")
                        .append(name)
                        .append('"');
                tensors.add(new Safetensors.Outgoing(spec.name(), spec.shape(), () -> ByteBuffer.wrap(
                                PthFile.floats(PthFile.values(spec.name(), (int) spec.count())))
                        .order(ByteOrder.LITTLE_ENDIAN)));
            }
            Safetensors.write(directory.resolve(name), tensors, Map.of());
        }
        return Files.writeString(
                directory.resolve("model.safetensors.index.json"),
                "{\"metadata\": {\"total_size\": 1}, \"weight_map\": {" + places + "}}");
    }
}
