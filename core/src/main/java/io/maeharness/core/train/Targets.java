package io.maeharness.core.train;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.TokenizerStage;

/** The patch target of a pre-training stage: a function of the stage and its data, so it need not be stored. */
final class Targets {
    private Targets() {}

    static PatchTarget of(Stage.Pretrain stage, StageData data, NDManager manager) {
        int outputs = stage.model().patchValues(data.train().channels());
        return switch (stage.recipe().target()) {
            case "pixel" -> new PatchTarget.Pixels(outputs);
            case "pixel-norm" -> new PatchTarget.NormalisedPixels(outputs);
            case "pca" ->
                PrincipalComponentsFit.fit(
                        manager, stage.model(), data, stage.recipe().pcaShare(), stage.seed());
            default -> words(stage);
        };
    }

    private static PatchTarget words(Stage.Pretrain stage) {
        TokenizerStage tokenizer = stage.tokenizer()
                .orElseThrow(
                        () -> new HarnessException(
                                HarnessException.Kind.STAGE_FAILED,
                                "target '" + stage.recipe().target()
                                        + "' needs a tokenizer; choose pixel, pixel-norm or pca, or reproduce table1d/dvae-token"));
        return new PatchTarget.Words(tokenizer.vocabulary(), tokenizer.wordsPerPatch());
    }
}
