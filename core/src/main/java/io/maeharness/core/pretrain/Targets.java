package io.maeharness.core.pretrain;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.discovery.Named;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.TokenizerStage;
import java.util.List;
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
        ReconstructionTarget target = recipe.target();
        if (target.readsWords() && tokenizer.isEmpty()) {
            throw new HarnessException(
                    HarnessException.Kind.STAGE_FAILED,
                    "target '" + target.key() + "' needs a tokenizer; choose one of " + String.join(", ", ofPixels())
                            + ", or reproduce table1d/dvae-token");
        }
        ReconstructionTarget.PatchFacts patch =
                facts(model, recipe, tokenizer, data.train().channels());
        float[] basis =
                target.basis(patch, components -> PrincipalComponentsFit.fit(manager, model, data, components, seed));
        return new PatchTarget(target, target.outputs(patch), basis);
    }

    /** What decides how many values are predicted for a patch. */
    static ReconstructionTarget.PatchFacts facts(
            ModelSettings model, PretrainRecipe recipe, Optional<TokenizerStage> tokenizer, int channels) {
        int words = tokenizer.map(t -> t.vocabulary() * t.wordsPerPatch()).orElse(0);
        return new ReconstructionTarget.PatchFacts(model.patchValues(channels), recipe.pcaShare(), words);
    }

    /** Names of the targets from which pixels can be drawn. */
    static List<String> ofPixels() {
        return Named.all(ReconstructionTarget.class).stream()
                .filter(target -> !target.readsWords())
                .map(Named::key)
                .toList();
    }
}
