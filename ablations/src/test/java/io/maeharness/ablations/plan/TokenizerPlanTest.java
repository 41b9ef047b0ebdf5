package io.maeharness.ablations.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.stages.SuppliedModel;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.results.TableLayout;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenizerPlanTest {
    private static final SuppliedModel SUPPLIED = new SuppliedModel("ab".repeat(32), 8192, 64, "dall-e");

    private static Plan plan(Optional<SuppliedModel> supplied, String... selectors) {
        Settings settings = TestProfile.settings();
        return Planner.plan(
                new PlanRequest(
                        settings,
                        TestProfile::images,
                        Precision.BF16,
                        "cpu",
                        PlanRequest.seeds(2),
                        Optional.empty(),
                        supplied),
                Selection.of(List.of(selectors), TestProfile.TABLES, settings));
    }

    private static List<TokenizerStage> tokenizers(Plan plan) {
        return plan.stages().stream()
                .filter(stage -> stage.stage() instanceof TokenizerStage)
                .map(stage -> (TokenizerStage) stage.stage())
                .toList();
    }

    @Test
    void theDvaeRowAndBeitOfAllSizesShareATokenizerForEachSeed() {
        List<TokenizerStage> tokenizers = tokenizers(plan(Optional.empty(), "table1d", "table3"));
        assertEquals(2, tokenizers.size());
        tokenizers.forEach(stage -> assertEquals(Precision.FP32, stage.precision()));
    }

    @Test
    void aSuppliedTokenizerServesAllSeeds() {
        List<TokenizerStage> tokenizers = tokenizers(plan(Optional.of(SUPPLIED), "table1d", "table3"));
        assertEquals(1, tokenizers.size());
        assertEquals(8192, tokenizers.get(0).vocabulary());
    }

    @Test
    void tablesSayOnWhichImagesTheTokenizerOfARowWasTrained() {
        assertTrue(caption(plan(Optional.empty(), "table1d"))
                .endsWith(" dVAE token predicts words of a tokenizer trained on: bundled."));
        assertTrue(caption(plan(Optional.of(SUPPLIED), "table1d")).endsWith("supplied model abababab."));
        assertTrue(caption(plan(Optional.empty(), "table3")).contains(" BEiT predicts words of a tokenizer"));
        assertFalse(caption(plan(Optional.empty(), "table1f")).contains("tokenizer"));
    }

    private static String caption(Plan plan) {
        TableLayout layout = plan.layouts().get(0);
        return layout.caption();
    }
}
