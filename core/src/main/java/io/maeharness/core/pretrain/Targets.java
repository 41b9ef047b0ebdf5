package io.maeharness.core.pretrain;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.TokenizerStage;
import java.util.Optional;

/** The patch target of a pre-training: a function of its recipe, seed and images, so it need not be stored. */
final class Targets {
    private Targets() {}

    /**
     * The target.
     *
     * @param seed of the pre-training
     * @param tokenizer whose words may be asked for
     * @throws HarnessException of kind STAGE_FAILED when words are asked for and there is no tokenizer
     */
    static PatchTarget of(
            ModelSettings model,
            PretrainRecipe recipe,
            long seed,
            Optional<TokenizerStage> tokenizer,
            StageData data,
            NDManager manager) {
        int outputs = model.patchValues(data.train().channels());
        return switch (recipe.target()) {
            case "pixel" -> new PatchTarget.Pixels(outputs);
            case "pixel-norm" -> new PatchTarget.NormalisedPixels(outputs);
            case "pca" -> PrincipalComponentsFit.fit(manager, model, data, recipe.pcaShare(), seed);
            default ->
                tokenizer
                        .<PatchTarget>map(words -> new PatchTarget.Words(words.vocabulary(), words.wordsPerPatch()))
                        .orElseThrow(() -> withoutTokenizer(recipe));
        };
    }

    private static HarnessException withoutTokenizer(PretrainRecipe recipe) {
        return new HarnessException(
                HarnessException.Kind.STAGE_FAILED,
                "target '" + recipe.target()
                        + "' needs a tokenizer; choose pixel, pixel-norm or pca, or reproduce table1d/dvae-token");
    }
}
