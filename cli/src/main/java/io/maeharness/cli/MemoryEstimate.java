package io.maeharness.cli;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.masking.MaskBatch;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;

/**
 * Memory a worker needs for a stage, roughly: weights with gradient, two moments and a copy while a checkpoint is
 * written, the activations that the backward pass keeps, and the engine itself. Counted, not measured; expect a third
 * more or less.
 */
final class MemoryEstimate {
    private static final double ENGINE_BYTES = 700e6;
    private static final int BYTES_A_WEIGHT = 20;
    /** Widths that a block keeps for the backward pass beside the MLP's: norms, q, k, v, product, projection, sums. */
    private static final int KEPT_WIDTHS = 9;

    /** Whole views that a method of self-distillation or contrast holds of an image. */
    private static final int VIEWS = 2;

    private MemoryEstimate() {}

    /** Bytes. */
    static double bytes(Stage stage, int channels) {
        ModelSettings model = stage.model();
        int width = stage.precision() == Precision.BF16 ? 3 : 4;
        if (stage instanceof Stage.Pretrain pretrain) {
            return ENGINE_BYTES
                    + BYTES_A_WEIGHT * (encoderWeights(model, channels) + decoderWeights(model, channels))
                    + width * pretrainActivations(model, pretrain.recipe());
        }
        if (stage instanceof Stage.Finetune finetune) {
            double tokens = model.numPatches() + 1;
            double kept =
                    blocks(tokens, model.encoderDim(), model.encoderDepth(), model.encoderHeads(), model.mlpRatio());
            return ENGINE_BYTES
                    + BYTES_A_WEIGHT * encoderWeights(model, channels)
                    + width * kept * finetune.recipe().schedule().microBatch();
        }
        if (stage instanceof EncoderStage encoder) {
            double image = blocks(
                    model.numPatches() + 1.0,
                    model.encoderDim(),
                    model.encoderDepth(),
                    model.encoderHeads(),
                    model.mlpRatio());
            int images = encoder.schedule().map(Schedule::microBatch).orElse(0);
            return ENGINE_BYTES + 2 * BYTES_A_WEIGHT * encoderWeights(model, channels) + width * image * VIEWS * images;
        }
        return ENGINE_BYTES + BYTES_A_WEIGHT * encoderWeights(model, channels);
    }

    private static double pretrainActivations(ModelSettings model, PretrainRecipe recipe) {
        double all = model.numPatches() + 1.0;
        double encoded =
                recipe.encoderMaskTokens() ? all : MaskBatch.lenKeep(model.numPatches(), recipe.maskRatio()) + 1.0;
        double image = blocks(encoded, model.encoderDim(), model.encoderDepth(), model.encoderHeads(), model.mlpRatio())
                + blocks(all, model.decoderDim(), model.decoderDepth(), model.decoderHeads(), model.mlpRatio());
        return image * recipe.schedule().microBatch();
    }

    /** Values kept by so many blocks for one image. */
    private static double blocks(double tokens, int dim, int depth, int heads, int mlpRatio) {
        return depth * (tokens * dim * (KEPT_WIDTHS + 2.0 * mlpRatio) + 2.0 * heads * tokens * tokens);
    }

    private static double encoderWeights(ModelSettings model, int channels) {
        return (double) model.patchValues(channels) * model.encoderDim()
                + model.encoderDepth() * blockWeights(model.encoderDim(), model.mlpRatio());
    }

    private static double decoderWeights(ModelSettings model, int channels) {
        return (double) model.decoderDim() * (model.encoderDim() + model.patchValues(channels))
                + model.decoderDepth() * blockWeights(model.decoderDim(), model.mlpRatio());
    }

    private static double blockWeights(double dim, int mlpRatio) {
        return dim * dim * (4 + 2.0 * mlpRatio);
    }
}
