package io.maeharness.core.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenizerStageTest {
    private static final Settings SMOKE = ProfileLoader.load("smoke");
    private static final DataIdentity DATA = new DataIdentity(SMOKE.data(), "none");

    private static TokenizerStage.Supplied supplied(int vocabulary) {
        return new TokenizerStage.Supplied(
                1,
                DATA,
                SMOKE.model(),
                "ab".repeat(32),
                vocabulary,
                64,
                "dall-e",
                Optional.of("words"),
                0,
                Precision.FP32);
    }

    private static void assertRoundTrip(Stage stage) {
        assertEquals(stage, StageHash.fromJson(StageHash.toJson(stage)));
    }

    @Test
    void workersReadTheTokenizersThatAPlanHolds() {
        TokenizerStage trained =
                new TokenizerStage.Trained(1, DATA, SMOKE.model(), SMOKE.tokenizer(), 3, Precision.FP32);
        assertRoundTrip(trained);
        assertRoundTrip(supplied(8192));
        assertRoundTrip(new EncoderStage.Beit(1, DATA, SMOKE.model(), SMOKE.beit(), supplied(8192), 3, Precision.BF16));
    }

    @Test
    void anotherVocabularyIsAnotherStage() {
        assertNotEquals(StageHash.of(supplied(8192)), StageHash.of(supplied(512)));
    }
}
