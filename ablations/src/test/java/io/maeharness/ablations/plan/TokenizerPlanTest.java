package io.maeharness.ablations.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.stages.SuppliedModel;
import io.maeharness.baselines.tokenizer.PixelMapping;
import io.maeharness.core.config.Settings;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.TokenizerStage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenizerPlanTest {
    private static final SuppliedModel SUPPLIED =
            new SuppliedModel("ab".repeat(32), 8192, 64, PixelMapping.DALL_E, Optional.of("DALL-E's images"));

    private static Plan plan(Optional<SuppliedModel> supplied, String... selectors) {
        Settings settings = TestProfile.settings();
        return Planner.plan(
                new PlanRequest(
                        settings,
                        TestProfile::images,
                        Precision.BF16,
                        DeviceKind.CPU,
                        PlanRequest.seeds(0, 2),
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
    void everyRowSaysOnWhichImagesItsTokenizerWasTrained() {
        assertEquals("tokenizer trained on bundled", ours(plan(Optional.empty(), "table1d"), "dvae-token"));
        assertEquals(
                "tokenizer trained on DALL-E's images, supplied model abababab",
                ours(plan(Optional.of(SUPPLIED), "table1d"), "dvae-token"));
        assertEquals("tokenizer trained on bundled", ours(plan(Optional.empty(), "table3"), "beit"));
        assertEquals("", ours(plan(Optional.of(SUPPLIED), "table1d"), "pca"));
    }

    private static String ours(Plan plan, String row) {
        return plan.layouts().get(0).cases().stream()
                .filter(layout -> layout.key().equals(row))
                .findFirst()
                .orElseThrow()
                .remark();
    }
}
