package io.maeharness.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.maeharness.baselines.beit.BeitRecipe;
import io.maeharness.baselines.beit.BeitStage;
import io.maeharness.baselines.dino.DinoRecipe;
import io.maeharness.baselines.dino.DinoStage;
import io.maeharness.baselines.mocov3.MocoV3Recipe;
import io.maeharness.baselines.mocov3.MocoV3Stage;
import io.maeharness.baselines.tokenizer.TokenizerRecipe;
import io.maeharness.baselines.tokenizer.TrainedTokenizerStage;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.frozen.KnnStage;
import io.maeharness.core.pretrain.PretrainStage;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.interop.exchange.ImportedStage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Published results are found again by these identities: what is new must not change those of what was there. */
class StageHashTest {
    private static final Settings PROFILE = ProfileLoader.load("smoke");
    private static final DataIdentity DATA = new DataIdentity(PROFILE.data(), "digest");
    private static final PretrainStage PRETRAIN =
            new PretrainStage(1, DATA, PROFILE.model(), PROFILE.pretrain(), 3, Precision.FP32);
    private static final TokenizerStage TOKENIZER = new TrainedTokenizerStage(
            1, DATA, PROFILE.model(), PROFILE.recipe(TokenizerRecipe.class), 3, Precision.FP32);

    private static KnnStage knn(Optional<Integer> snapshot) {
        return new KnnStage(
                1, DATA, PROFILE.model(), Optional.of(PRETRAIN), false, PROFILE.knn(), 3, Precision.FP32, snapshot);
    }

    @Test
    void whatAStageDoesNotUseIsNotPartOfItsIdentity() {
        assertFalse(StageHash.toJson(PRETRAIN).contains("tokenizer"));
        assertFalse(StageHash.toJson(knn(Optional.empty())).contains("snapshot"));
    }

    @Test
    void aSnapshotIsAnotherStage() {
        assertNotEquals(StageHash.of(knn(Optional.of(50))), StageHash.of(knn(Optional.empty())));
    }

    @Test
    void everyMethodComesBackFromItsCanonicalForm() {
        for (Stage stage : List.of(
                new DinoStage(1, DATA, PROFILE.model(), PROFILE.recipe(DinoRecipe.class), 3, Precision.FP32),
                new MocoV3Stage(1, DATA, PROFILE.model(), PROFILE.recipe(MocoV3Recipe.class), 3, Precision.BF16),
                new BeitStage(1, DATA, PROFILE.model(), PROFILE.recipe(BeitRecipe.class), TOKENIZER, 3, Precision.FP32),
                new ImportedStage(1, DATA, PROFILE.model(), "ab", true, false, PROFILE.pretrain(), 0, Precision.FP32),
                TOKENIZER,
                knn(Optional.of(25)))) {
            assertEquals(stage, StageHash.fromJson(StageHash.toJson(stage)));
        }
    }
}
