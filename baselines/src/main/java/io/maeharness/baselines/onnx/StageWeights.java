package io.maeharness.baselines.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.SinCosPositions;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.train.FinishedWeights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
     * The weights of a stage: of a linear probe those of its encoder and of its head ({@code head.*}, {@code bn.*}).
     *
     * @throws HarnessException of kind USAGE for a stage that has none
     */
    Map<String, NDArray> of(Stage stage) {
        if (stage instanceof Stage.Knn || stage instanceof Stage.Reconstruct) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "a stage of kind " + stage.kind() + " has no weights of its own; export its pre-training"
                            + stage.parent()
                                    .map(parent -> ", ./mae export " + StageHash.of(parent))
                                    .orElse(""));
        }
        Map<String, NDArray> weights = new LinkedHashMap<>();
        if (stage instanceof Stage.LinearProbe) {
            weights.putAll(encoder(stage));
        }
        weights.putAll(kept(stage));
        weights.computeIfAbsent(
                POSITIONS,
                name -> positions(stage.model().encoderDim(), stage.model().gridSize()));
        return weights;
    }

    /** The frozen encoder of a probe: of its pre-training, or the random weights that the seed draws. */
    private Map<String, NDArray> encoder(Stage probe) {
        ModelSettings model = probe.model();
        return probe.parent().map(this::kept).orElseGet(() -> Weights.initialise(
                        manager,
                        Layout.encoder(model, channels.getAsInt()),
                        new StageRandom(probe.seed()),
                        Purpose.INITIALISATION)
                .byName());
    }

    private Map<String, NDArray> kept(Stage stage) {
        return FinishedWeights.read(manager, stagesDirectory.resolve(StageHash.of(stage)));
    }

    /** Fixed positions [1, 1+L, width] as the official files hold them. */
    NDArray positions(int width, int grid) {
        return manager.create(SinCosPositions.table(width, grid), new Shape(1, 1L + (long) grid * grid, width));
    }
}
