package io.maeharness.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.Weights;
import io.maeharness.core.stage.EncoderForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker of the ONNX project, with shape inference, accepts the files. */
class OnnxCheckerTest {
    private static final ModelSettings MODEL = new ModelSettings(32, 8, 32, 2, 2, 24, 1, 2, 2);
    private static final String CHECK =
            "import sys, onnx; onnx.checker.check_model(sys.argv[1], full_check=True); print('accepted')";
    private static final String KNOWN = "import onnx; print(onnx.defs.onnx_opset_version())";
    private static Optional<String> python = Optional.empty();

    @TempDir
    private Path directory;

    @BeforeAll
    static void findTheChecker() throws IOException, InterruptedException {
        for (String candidate : List.of("python3", "/usr/bin/python3")) {
            if (python.isEmpty()
                    && says(candidate, "import onnx; print('there')").equals("there")) {
                python = Optional.of(candidate);
            }
        }
    }

    @Test
    void acceptsAClassifier() throws IOException, InterruptedException {
        assertAccepted(Opset.V17, new VitHead.FineTuned(), new OnnxFile(directory.resolve("model.onnx")));
    }

    @Test
    void acceptsAnEncoder() throws IOException, InterruptedException {
        assertAccepted(Opset.V17, new VitHead.Features(), new OnnxFile(directory.resolve("model.onnx")));
    }

    @Test
    void acceptsALinearProbe() throws IOException, InterruptedException {
        try (NDManager manager = Torch.open("cpu")) {
            Weights encoder = RandomVit.weights(manager, Layout.encoder(MODEL, 3, EncoderForm.PLAIN));
            Map<String, NDArray> named = RandomVit.withPositions(manager, encoder, MODEL);
            int width = MODEL.encoderDim();
            named.put("bn.running_mean", manager.create(RandomVit.noise(width, 0.1, 0, 1)));
            named.put("bn.running_var", manager.create(RandomVit.noise(width, 0.1, 1, 2)));
            named.put(
                    "head.weight",
                    manager.create(
                            RandomVit.noise(RandomVit.CLASSES * width, 0.1, 0, 3),
                            new Shape(RandomVit.CLASSES, width)));
            named.put("head.bias", manager.create(RandomVit.noise(RandomVit.CLASSES, 0.1, 0, 4)));
            write(Opset.V17, named, new VitHead.LinearProbe(Pooling.CLS), RandomVit.card(MODEL, 3));
        }
        assertAccepted();
    }

    @Test
    void acceptsRelativePositionsWithLayerScale() throws IOException, InterruptedException {
        EncoderForm form = EncoderForm.RELATIVE_POSITIONS;
        try (NDManager manager = Torch.open("cpu")) {
            Weights weights = RandomVit.weights(manager, Layout.classifier(MODEL, 3, RandomVit.CLASSES, form));
            write(Opset.V17, weights.byName(), new VitHead.FineTuned(), RandomVit.card(MODEL, 3, form));
        }
        assertAccepted();
    }

    @Test
    void acceptsConstantsInAFileOfTheirOwn() throws IOException, InterruptedException {
        assertAccepted(Opset.V17, new VitHead.FineTuned(), new OnnxFile(directory.resolve("model.onnx"), 0));
    }

    @Test
    void acceptsTheOpsetWithGelu() throws IOException, InterruptedException {
        assumeTrue(python.isPresent(), "the ONNX checker is missing; install Debian's python3-onnx");
        int known = Integer.parseInt(says(python.get(), KNOWN));
        assumeTrue(known >= 20, "the ONNX checker knows opset " + known + " at most, 20 is too new for it");
        assertAccepted(Opset.V20, new VitHead.FineTuned(), new OnnxFile(directory.resolve("model.onnx")));
    }

    private void assertAccepted(Opset opset, VitHead head, OnnxFile file) throws IOException, InterruptedException {
        assumeTrue(python.isPresent(), "the ONNX checker is missing; install Debian's python3-onnx");
        try (NDManager manager = Torch.open("cpu")) {
            VitExport.write(
                    file,
                    opset,
                    RandomVit.weights(manager, Layout.classifier(MODEL, 3, RandomVit.CLASSES))
                            .byName(),
                    head,
                    RandomVit.card(MODEL, 3),
                    "test");
        }
        assertAccepted();
    }

    private void write(Opset opset, Map<String, NDArray> weights, VitHead head, ModelCard card) {
        VitExport.write(new OnnxFile(directory.resolve("model.onnx")), opset, weights, head, card, "test");
    }

    private void assertAccepted() throws IOException, InterruptedException {
        assumeTrue(python.isPresent(), "the ONNX checker is missing; install Debian's python3-onnx");
        assertEquals(
                "accepted",
                says(python.get(), CHECK, directory.resolve("model.onnx").toString()));
    }

    /** What a Python program prints; empty where there is no such Python. */
    private static String says(String python, String program, String... arguments)
            throws IOException, InterruptedException {
        try {
            List<String> command = new java.util.ArrayList<>(List.of(python, "-c", program));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said.strip();
        } catch (IOException e) {
            return "";
        }
    }
}
