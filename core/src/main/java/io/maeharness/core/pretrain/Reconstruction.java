package io.maeharness.core.pretrain;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.data.Subset;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.masking.MaskBatch;
import io.maeharness.core.model.MaskedAutoencoder;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.DeviceBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Draws validation images: original, masked, reconstruction with the visible patches laid over. Source: paper, figures 2
 * and 6.
 */
final class Reconstruction {
    private final ReconstructStage stage;
    private final StageData data;
    private final NDManager manager;

    Reconstruction(ReconstructStage stage, StageData data, NDManager manager) {
        this.stage = stage;
        this.data = data;
        this.manager = manager;
    }

    /**
     * Draws the pictures and writes them.
     *
     * @return the loss on the removed patches of these images
     */
    double draw(Map<String, ai.djl.ndarray.NDArray> pretrained, Path directory) {
        ModelSettings model = stage.model();
        PretrainRecipe recipe = recipe(stage.encoder());
        StageRandom random = new StageRandom(stage.seed());
        PatchTarget target = target(stage.encoder(), recipe, data, manager);
        int channels = data.validation().channels();
        int count = Math.min(stage.images(), data.validation().size());
        int[] chosen = Arrays.copyOf(
                random.permutation(Purpose.FIGURE, 0, data.validation().size()), count);
        int[] rows = IntStream.range(0, count).toArray();
        MaskBatch masks = MaskBatch.draw(recipe.maskSampling(), model.gridSize(), recipe.maskRatio(), random, 0, rows);
        try (BatchLoader loader = loader(chosen, model, random);
                MaskedAutoencoder mae = new MaskedAutoencoder(manager, model, recipe, target, stage.precision(), 1);
                NDManager scope = manager.newSubManager()) {
            Weights weights = Weights.of(scope, MaskedAutoencoder.layout(model, recipe, channels, target), pretrained);
            Batch batch = loader.load(0, rows);
            int size = model.imageSize();
            NDList found = mae.reconstruct(
                    new DeviceBuffer(manager).put(scope, batch.images(), 0, new Shape(count, channels, size, size)),
                    mae.shuffle(scope, masks.shuffle()),
                    weights);
            ReconstructionGrid grid = new ReconstructionGrid(model, channels, data.statistics(), target);
            grid.write(
                    directory.resolve(ReconstructStage.PICTURE),
                    batch.images(),
                    HostCopy.floats(found.get(0)),
                    masks,
                    count);
            return HostCopy.floats(found.get(2))[0];
        }
    }

    /** How the decoder was trained: what is removed and what is predicted. */
    private static PretrainRecipe recipe(EncoderStage encoder) {
        return encoder.decoding()
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.STAGE_FAILED,
                        "an encoder of kind '" + encoder.kind()
                                + "' without a decoder cannot reconstruct; choose one of MAE, or import a file that has"
                                + " the decoder too"));
    }

    private static PatchTarget target(EncoderStage encoder, PretrainRecipe recipe, StageData images, NDManager owner) {
        if (recipe.target().readsWords()) {
            throw new HarnessException(
                    HarnessException.Kind.STAGE_FAILED,
                    "a decoder that predicts words draws no pixels; visualize a case with one of the targets "
                            + String.join(", ", Targets.ofPixels())
                            + " (the tokenizer's own pictures are in the report)");
        }
        return Targets.of(encoder.model(), recipe, encoder.seed(), Optional.empty(), images, owner);
    }

    private BatchLoader loader(int[] chosen, ModelSettings model, StageRandom random) {
        Subset subset = new Subset(data.validation().name() + "/shown", data.validation(), chosen);
        return new BatchLoader(subset, new EvaluationTransform(), data.statistics(), model.imageSize(), random, 0);
    }
}
