package io.maeharness.baselines.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.train.FinishedWeights;
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

    /** Whether a stage has an encoder of its own. */
    static boolean has(Stage stage) {
        return stage instanceof EncoderStage || stage instanceof Stage.Finetune || stage instanceof Stage.LinearProbe;
    }

    /** Kind of the positions and residual branches of a stage's encoder. */
    static EncoderForm form(Stage stage) {
        if (stage instanceof Stage.Finetune finetune) {
            return finetune.encoder().map(EncoderStage::form).orElse(EncoderForm.PLAIN);
        }
        if (stage instanceof Stage.LinearProbe probe) {
            return probe.encoder().map(EncoderStage::form).orElse(EncoderForm.PLAIN);
        }
        return stage instanceof EncoderStage encoder ? encoder.form() : EncoderForm.PLAIN;
    }

    /**
     * The weights of a stage, fixed positions among them: of a linear probe those of its encoder and of its head ({@code
     * head.*}, {@code bn.*}).
     *
     * @param stage one that {@link #has} an encoder
     */
    Map<String, NDArray> of(Stage stage) {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        if (stage instanceof Stage.LinearProbe probe) {
            weights.putAll(encoder(probe));
        }
        weights.putAll(kept(stage));
        if (form(stage).positions() == EncoderForm.Positions.FIXED) {
            weights.computeIfAbsent(
                    POSITIONS,
                    name -> VitScript.positions(
                            manager, stage.model().encoderDim(), stage.model().gridSize()));
        }
        return weights;
    }

    /** The frozen encoder of a probe, without a decoder: of its pre-training, or the random weights that the seed draws. */
    private Map<String, NDArray> encoder(Stage.LinearProbe probe) {
        Optional<Map<String, NDArray>> pretrained = probe.parent().map(this::kept);
        int of = pretrained.map(StageWeights::channelsOf).orElseGet(channels::getAsInt);
        List<ParameterSpec> specs = Layout.encoder(probe.model(), of, form(probe));
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
