package io.maeharness.core.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Published results are found again by these identities: what is new must not change those of what was there. */
class StageHashTest {
    private static final Settings PROFILE = ProfileLoader.load("smoke");
    private static final DataIdentity DATA = new DataIdentity(PROFILE.data(), "digest");
    private static final Stage.Pretrain PRETRAIN =
            new Stage.Pretrain(1, DATA, PROFILE.model(), PROFILE.pretrain(), 3, Precision.FP32);
    private static final TokenizerStage TOKENIZER =
            new TokenizerStage.Trained(1, DATA, PROFILE.model(), PROFILE.tokenizer(), 3, Precision.FP32);

    private static Stage.Knn knn(Optional<Integer> snapshot) {
        return new Stage.Knn(
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
                new EncoderStage.Dino(1, DATA, PROFILE.model(), PROFILE.dino(), 3, Precision.FP32),
                new EncoderStage.MocoV3(1, DATA, PROFILE.model(), PROFILE.mocoV3(), 3, Precision.BF16),
                new EncoderStage.Beit(1, DATA, PROFILE.model(), PROFILE.beit(), TOKENIZER, 3, Precision.FP32),
                new EncoderStage.Imported(
                        1, DATA, PROFILE.model(), "ab", true, false, PROFILE.pretrain(), 0, Precision.FP32),
                TOKENIZER,
                knn(Optional.of(25)))) {
            assertEquals(stage, StageHash.fromJson(StageHash.toJson(stage)));
        }
    }
}
