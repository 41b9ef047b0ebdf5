package io.maeharness.interop.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.LeftNetwork;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/** The weights of a finished stage under the official names, with what the official files hold besides. */
final class StageWeights {
    private static final String POSITIONS = "pos_embed";
    private final NDManager manager;
    private final Path stagesDirectory;
    private final IntSupplier channels;

    /**
     * Reads weights into a manager.
     *
     * @param stagesDirectory holds one directory a stage, named by its hash
     * @param channels of the images, asked for only where no weights tell
     */
    StageWeights(NDManager manager, Path stagesDirectory, IntSupplier channels) {
        this.manager = manager;
        this.stagesDirectory = stagesDirectory;
        this.channels = channels;
    }

    /**
     * The weights of a stage, fixed positions among them: of a linear probe those of its encoder and of its head ({@code
     * head.*}, {@code bn.*}).
     *
     * @param network what the stage leaves
     */
    Map<String, NDArray> of(Stage stage, LeftNetwork network) {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        if (network.head() == LeftNetwork.Head.LINEAR_PROBE) {
            weights.putAll(frozen(stage, network.form()));
        }
        weights.putAll(kept(stage));
        if (network.form().positions() == EncoderForm.Positions.FIXED) {
            weights.computeIfAbsent(
                    POSITIONS,
                    name -> VitScript.positions(
                            manager, stage.model().encoderDim(), stage.model().gridSize()));
        }
        return weights;
    }

    /** The frozen encoder of a probe, without a decoder: of its pre-training, or the random weights that the seed draws. */
    private Map<String, NDArray> frozen(Stage probe, EncoderForm form) {
        Optional<Map<String, NDArray>> pretrained = probe.parent().map(this::kept);
        int of = pretrained.map(StageWeights::channelsOf).orElseGet(channels::getAsInt);
        List<ParameterSpec> specs = Layout.encoder(probe.model(), of, form);
        return pretrained
                .map(found -> Weights.of(manager, specs, found))
                .orElseGet(
                        () -> Weights.initialise(manager, specs, new StageRandom(probe.seed()), Purpose.INITIALISATION))
                .byName();
    }

    private static int channelsOf(Map<String, NDArray> weights) {
        return (int) weights.get("patch_embed.proj.weight").getShape().get(1);
    }

    private Map<String, NDArray> kept(Stage stage) {
        return FinishedWeights.read(manager, stagesDirectory.resolve(StageHash.of(stage)));
    }
}
