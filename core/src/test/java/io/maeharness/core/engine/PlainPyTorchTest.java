package io.maeharness.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.ScriptedLoss;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts are PyTorch's and not a dialect of this project: PyTorch itself runs them and finds the same loss. */
class PlainPyTorchTest {
    private static final long MOST_SECONDS = 300;
    private static final String PYTHON = "MAE_TEST_PYTHON";
    private static final String CHECK =
            "import sys, torch; sys.exit(tuple(map(int, torch.__version__.split('.')[:2])) < (2, 7))";
    private static final double TOLERANCE = 1e-5;
    private static final int IMAGES = 5;
    private static final int CHANNELS = 1;
    private static final ModelSettings MODEL = new ModelSettings(24, 6, 16, 2, 2, 8, 1, 2, 2);
    private static final List<ScriptSource> SOURCES = List.of(
            ScriptSource.VIT,
            ScriptSource.GRADIENTS,
            ScriptSource.STEP,
            ScriptSource.mae(),
            ScriptSource.target("pixel-norm"));

    @TempDir
    private Path directory;

    /** The attributes of a masked autoencoder in fp32, whose micro-batches hold 2 of the 5 images. */
    private static Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("training", true);
        attributes.put("bf16", false);
        attributes.put("fused_attention", false);
        attributes.put("layer_scale", false);
        attributes.put("relative", false);
        attributes.put("patch", MODEL.patchSize());
        attributes.put("depth", MODEL.encoderDepth());
        attributes.put("heads", MODEL.encoderHeads());
        attributes.put("micro", 2);
        attributes.put("encoder_mask_tokens", false);
        attributes.put("decoder_depth", MODEL.decoderDepth());
        attributes.put("decoder_heads", MODEL.decoderHeads());
        attributes.put("keep", 4);
        return attributes;
    }

    @Test
    void pyTorchRunsTheTrainingStepAndFindsTheSameLossAndGradients() throws IOException {
        Optional<String> python = Stream.of(Optional.ofNullable(System.getenv(PYTHON)), Optional.of("python3"))
                .flatMap(Optional::stream)
                .filter(command -> run(command, "-c", CHECK).isPresent())
                .findFirst();
        String reason =
                "no python3 with PyTorch 2.7 or later (pip install torch; " + PYTHON + " names another python3)";
        if (python.isEmpty()) {
            System.out.println("skipped: " + reason);
        }
        assumeTrue(python.isPresent(), reason);
        double[] ours;
        try (NDManager manager = Torch.open("cpu");
                Script script = Script.load(manager, SOURCES, "Vit", attributes())) {
            ours = step(manager, script);
        }
        Files.write(
                directory.resolve("script.pt"), ScriptArchive.write("Vit", ScriptSource.joined(SOURCES), attributes()));
        Path program = Path.of("src/test/resources/io/maeharness/core/engine/run_step.py")
                .toAbsolutePath();
        String printed = run(python.orElseThrow(), program.toString(), directory.toString())
                .orElseThrow(() -> new AssertionError("PyTorch did not run the archive"));
        String[] theirs = printed.strip().split(" ", -1);
        assertEquals(ours[0], Double.parseDouble(theirs[0]), TOLERANCE * ours[0]);
        assertEquals(ours[1], Double.parseDouble(theirs[1]), TOLERANCE * ours[1]);
    }

    /** Loss and sum of the gradients' absolute values here; the arguments are written for PyTorch. */
    private double[] step(NDManager manager, Script script) throws IOException {
        StageRandom random = new StageRandom(3);
        List<ParameterSpec> specs =
                Layout.maskedAutoencoder(MODEL, CHANNELS, MODEL.patchSize() * MODEL.patchSize() * CHANNELS, false);
        Weights weights = Weights.initialise(manager, specs, random, Purpose.INITIALISATION);
        Weights gradients = Weights.zeros(manager, specs);
        Map<String, NDArray> kind = Map.of("kind", VitScript.kinds(manager, specs, spec -> true));
        Map<String, NDArray> fixed = Map.of(
                "pos", VitScript.positions(manager, MODEL.encoderDim(), MODEL.gridSize()),
                "dec_pos", VitScript.positions(manager, MODEL.decoderDim(), MODEL.gridSize()),
                "share", manager.create(1f));
        Map<String, NDArray> batch =
                Map.of("images", images(manager, random.at(Purpose.NOISE, 0, 0)), "shuffle", shuffle(manager));
        write(Map.of("kind", kind, "fixed", fixed, "batch", batch, "p", weights.byName()));
        double loss = script.call(
                        "step",
                        new ScriptArguments()
                                .add(kind.get("kind"))
                                .addMap(fixed)
                                .addMap(batch)
                                .addMap(weights.byName())
                                .addAll(ScriptedLoss.inOrder(gradients.byName())))
                .singletonOrThrow()
                .toFloatArray()[0];
        double sum = 0;
        for (NDArray gradient : gradients.arrays()) {
            for (float value : gradient.toFloatArray()) {
                sum += Math.abs(value);
            }
        }
        return new double[] {loss, sum};
    }

    private static NDArray images(NDManager manager, RandomGenerator draws) {
        float[] pixels = new float[IMAGES * CHANNELS * MODEL.imageSize() * MODEL.imageSize()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) draws.nextGaussian();
        }
        return manager.create(pixels, new Shape(IMAGES, CHANNELS, MODEL.imageSize(), MODEL.imageSize()));
    }

    /** Each image's patches in another order. */
    private static NDArray shuffle(NDManager manager) {
        int patches = MODEL.numPatches();
        long[] order = new long[IMAGES * patches];
        for (int i = 0; i < order.length; i++) {
            order[i] = (i % patches * 5L + i / patches) % patches;
        }
        return manager.create(order, new Shape(IMAGES, patches));
    }

    private void write(Map<String, Map<String, NDArray>> arguments) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        arguments.forEach((argument, arrays) -> {
            ObjectNode named = root.putObject(argument);
            arrays.forEach((name, array) -> {
                boolean integers = array.getDataType() == DataType.INT64;
                ObjectNode entry = named.putObject(name);
                entry.put("integers", integers);
                entry.set("shape", mapper.valueToTree(array.getShape().getShape()));
                entry.set("values", mapper.valueToTree(integers ? array.toLongArray() : array.toFloatArray()));
            });
        });
        Files.write(directory.resolve("arguments.json"), mapper.writeValueAsBytes(root));
    }

    /** What a program printed; empty when it failed. */
    private static Optional<String> run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(printed)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
