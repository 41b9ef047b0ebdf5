package io.maeharness.core.model;

import io.maeharness.core.config.BeitRecipe;
import io.maeharness.core.config.DinoRecipe;
import io.maeharness.core.config.MocoV3Recipe;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.WallClock;

/**
 * Work of one pre-training image in each method, so that methods can be compared at equal cost.
 *
 * <p>Counted in multiply-accumulates as {@link Flops} does; what is trained counts three times its forward pass, what is
 * only run (a teacher, a momentum encoder, a tokenizer) once. A view or crop is not an image: all views of one are counted
 * together.
 */
public final class TrainingWork {
    private static final double TRAINED = Flops.TRAINING_FLOPS_PER_MAC / 2.0;
    private static final int VIEWS = 2;

    private TrainingWork() {}

    /** Multiply-accumulates, forward and backward, of one image; 0 for a model that was trained elsewhere. */
    public static double macsOfImage(EncoderStage stage, int channels) {
        if (stage instanceof Stage.Pretrain mae) {
            int outputs = mae.tokenizer()
                    .map(t -> t.vocabulary() * t.wordsPerPatch())
                    .orElseGet(() -> mae.model().patchValues(channels));
            double tokenised = mae.tokenizer()
                    .map(t -> TokenizerWork.encoderMacs(t, channels))
                    .orElse(0.0);
            return TRAINED * Flops.pretrainMacs(mae.model(), mae.recipe(), channels, outputs) + tokenised;
        }
        if (stage instanceof EncoderStage.Dino dino) {
            return dino(dino.model(), dino.recipe(), channels);
        }
        if (stage instanceof EncoderStage.MocoV3 moco) {
            return mocoV3(moco.model(), moco.recipe(), channels);
        }
        if (stage instanceof EncoderStage.Beit beit) {
            return beit(beit.model(), beit.recipe(), beit.tokenizer().vocabulary(), channels)
                    + TokenizerWork.encoderMacs(beit.tokenizer(), channels);
        }
        return 0;
    }

    /** Multiply-accumulates, forward and backward, of one image of a variant that is timed. */
    public static double macsOfImage(WallClock stage, WallClock.Variant variant) {
        ModelSettings model = stage.model(variant);
        return TRAINED
                * Flops.pretrainMacs(
                        model, stage.recipe(variant, 1), WallClock.CHANNELS, model.patchValues(WallClock.CHANNELS));
    }

    /** The student on all crops, the teacher on the two global ones, each with the head. */
    private static double dino(ModelSettings model, DinoRecipe recipe, int channels) {
        double hidden = recipe.headHidden();
        double head = model.encoderDim() * hidden
                + hidden * hidden
                + hidden * recipe.headBottleneck()
                + (double) recipe.headBottleneck() * recipe.headOutputs();
        double global = VIEWS * (Flops.classifierMacs(model, channels, 0) + head);
        double local = recipe.localCrops()
                * (Flops.classifierMacs(model.withImageSize(recipe.localSize()), channels, 0) + head);
        return TRAINED * (global + local) + global;
    }

    /** Both views through encoder, projector and predictor, and through the momentum encoder and its projector. */
    private static double mocoV3(ModelSettings model, MocoV3Recipe recipe, int channels) {
        double hidden = recipe.headHidden();
        double output = recipe.headOutput();
        double key = Flops.classifierMacs(model, channels, 0)
                + model.encoderDim() * hidden
                + hidden * hidden
                + hidden * output;
        double predictor = VIEWS * output * hidden;
        return VIEWS * (TRAINED * (key + predictor) + key);
    }

    /** All patches through the encoder, the masked ones through the head. */
    private static double beit(ModelSettings model, BeitRecipe recipe, int vocabulary, int channels) {
        double masked = recipe.maskedShare() * model.numPatches();
        return TRAINED * (Flops.classifierMacs(model, channels, 0) + masked * model.encoderDim() * vocabulary);
    }
}
