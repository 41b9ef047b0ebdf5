package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.Precision;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenizerCaptionsTest {
    private final Settings quick = ProfileLoader.load("quick");
    private final TokenizerCaptions captions = new TokenizerCaptions(
            new TrainedTokenizerStage(
                    1,
                    new DataIdentity(quick.data(), "none"),
                    quick.model(),
                    quick.recipe(TokenizerRecipe.class),
                    0,
                    Precision.FP32),
            Map.of("reconstruction", 0.1234, "usage", 76.6, "perplexity", 73.9));

    @Test
    void theCaptionOfTheReconstructionsSaysOnWhatTheTokenizerWasTrained() {
        String caption = captions.of("reconstruction.png");
        assertTrue(caption.contains("36 words") && caption.contains("trained on bundled"), caption);
        assertTrue(caption.contains("0.123"), caption);
    }

    @Test
    void theCaptionOfTheCodebookSaysHowMuchOfItIsUsed() {
        String caption = captions.of("codebook.png");
        assertTrue(caption.contains("77 % of the words are used; perplexity 74"), caption);
    }
}
