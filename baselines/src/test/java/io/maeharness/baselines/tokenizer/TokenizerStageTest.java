package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.maeharness.baselines.beit.BeitRecipe;
import io.maeharness.baselines.beit.BeitStage;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.TokenizerStage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenizerStageTest {
    private static final Settings SMOKE = ProfileLoader.load("smoke");
    private static final DataIdentity DATA = new DataIdentity(SMOKE.data(), "none");

    private static SuppliedTokenizerStage supplied(int vocabulary) {
        return new SuppliedTokenizerStage(
                1,
                DATA,
                SMOKE.model(),
                "ab".repeat(32),
                vocabulary,
                64,
                PixelMapping.DALL_E,
                Optional.of("words"),
                0,
                Precision.FP32);
    }

    private static void assertRoundTrip(Stage stage) {
        assertEquals(stage, StageHash.fromJson(StageHash.toJson(stage)));
    }

    @Test
    void workersReadTheTokenizersThatAPlanHolds() {
        TokenizerStage trained = new TrainedTokenizerStage(
                1, DATA, SMOKE.model(), SMOKE.recipe(TokenizerRecipe.class), 3, Precision.FP32);
        assertRoundTrip(trained);
        assertRoundTrip(supplied(8192));
        assertRoundTrip(new BeitStage(
                1, DATA, SMOKE.model(), SMOKE.recipe(BeitRecipe.class), supplied(8192), 3, Precision.BF16));
    }

    @Test
    void anotherVocabularyIsAnotherStage() {
        assertNotEquals(StageHash.of(supplied(8192)), StageHash.of(supplied(512)));
    }
}
