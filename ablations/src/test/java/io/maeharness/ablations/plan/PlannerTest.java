package io.maeharness.ablations.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.supervised.FinetuneStage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
    private static long count(Plan plan, String kind) {
        return plan.stages().stream()
                .filter(stage -> stage.stage().kind().equals(kind))
                .count();
    }

    private static Plan of(Settings settings, String... selectors) {
        return Planner.plan(
                new PlanRequest(settings, TestProfile::images, Precision.FP32, List.of(0L)),
                Selection.of(List.of(selectors), TestProfile.TABLES, settings));
    }

    @Test
    void theDefaultPreTrainingIsSharedByAllTables() {
        assertEquals(4, count(TestProfile.plan("table1f"), "pretrain"));
        assertEquals(5, count(TestProfile.plan("table1f", "table1c"), "pretrain"));
    }

    @Test
    void theDefaultRunNeedsTwentyEightPreTrainings() {
        // figure 5: 10; beyond the default 1a: 4, 1b: 4, 1c: 1, 1d: 3, 1e: 3, 1f: 3
        assertEquals(10 + 4 + 4 + 1 + 3 + 3 + 3, count(TestProfile.plan(), "pretrain"));
    }

    @Test
    void whatIsTimedOnNoiseIsPlannedWithoutImages() {
        PlanRequest request = new PlanRequest(
                TestProfile.settings(),
                data -> {
                    throw new AssertionError("table 2 opened " + data);
                },
                Precision.FP32,
                List.of(0L));
        Plan plan = Planner.plan(request, Selection.of(List.of("table2"), TestProfile.TABLES, TestProfile.settings()));
        assertEquals(TestProfile.plan("table2").hashes(), plan.hashes());
    }

    @Test
    void aPretrainingIsTheSameWhicheverSplitIsEvaluated() {
        Settings validated =
                Overrides.apply(TestProfile.settings(), Map.of("data.evaluateOn", "validation", "data.testLimit", "9"));
        for (String row : List.of("table1a/depth-1", "table3/dino", "table3/moco-v3")) {
            Set<String> shared = new HashSet<>(of(validated, row).hashes());
            shared.retainAll(TestProfile.plan(row).hashes());
            assertEquals(
                    of(validated, row).stages().stream()
                            .filter(stage -> stage.stage() instanceof EncoderStage)
                            .map(PlannedStage::hash)
                            .collect(Collectors.toSet()),
                    shared,
                    row);
        }
    }

    @Test
    void aParentComesBeforeItsChildren() {
        Set<String> seen = new HashSet<>();
        for (PlannedStage stage : TestProfile.plan("all").stages()) {
            assertTrue(
                    stage.parent().map(seen::contains).orElse(true),
                    stage.cases().toString());
            seen.add(stage.hash());
        }
    }

    @Test
    void everySeedHasItsOwnStages() {
        assertEquals(
                2 * TestProfile.plan("table1f").stages().size(),
                TestProfile.plan(2, "table1f").stages().size());
    }

    @Test
    void allTablesAreCompleteWithOneSeedBeforeTheNextBegins() {
        List<Long> seeds = TestProfile.plan(2, "figure5", "table1f").stages().stream()
                .map(stage -> stage.stage().seed())
                .toList();
        assertEquals(seeds.stream().sorted().toList(), seeds);
    }

    @Test
    void rawPixelsAreComparedOnceForAllSeedsAndModels() {
        Settings deeper = Overrides.apply(TestProfile.settings(), Map.of("model.encoderDepth", "8"));
        Plan two = TestProfile.plan(2, "context/raw-pixels");
        assertEquals(1, two.stages().size());
        assertEquals(
                2,
                two.cells().stream()
                        .filter(PlannedCell.Measured.class::isInstance)
                        .count());
        assertEquals(two.hashes(), of(deeper, "context/raw-pixels").hashes());
    }

    @Test
    void aValueThatARowCannotHaveIsSkippedWithAReason() {
        List<String> skipped = TestProfile.plan(1, "context/raw-pixels").cells().stream()
                .filter(PlannedCell.Skipped.class::isInstance)
                .map(PlannedCell.Skipped.class::cast)
                .map(cell -> cell.key().metric())
                .toList();
        assertEquals(List.of("ft", "lin"), skipped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"context/scratch", "context/scratch-finetune-budget", "context/random-weights"})
    void whatStartsFromRandomWeightsDoesNotDependOnTheDecoder(String selector) {
        Settings other =
                Overrides.apply(TestProfile.settings(), Map.of("model.decoderDepth", "7", "model.decoderDim", "48"));
        assertEquals(TestProfile.plan(selector).hashes(), of(other, selector).hashes());
    }

    @Test
    void whatStartsFromAPreTrainingDependsOnTheDecoder() {
        Settings other = Overrides.apply(TestProfile.settings(), Map.of("model.decoderDepth", "7"));
        assertNotEquals(
                TestProfile.plan("context/mae").hashes(),
                of(other, "context/mae").hashes());
    }

    @Test
    void theEndsOfFigure9AreTheDefaultsOwnEvaluations() {
        Set<String> ends = TestProfile.plan("figure9/mae-blocks-0", "figure9/mae-blocks-24")
                .hashes();
        assertTrue(TestProfile.plan("context/mae").hashes().containsAll(ends));
    }

    @Test
    void halfABlockIsTunedAsSuch() {
        FinetuneStage half = (FinetuneStage)
                TestProfile.plan("figure9/mae-blocks-0.5").stages().get(1).stage();
        assertEquals(0.5, half.tunedBlocks());
    }

    @Test
    void scratchAtTheFineTuningBudgetHasNoLayerDecay() {
        FinetuneStage scratch = (FinetuneStage) TestProfile.plan("context/scratch-finetune-budget")
                .stages()
                .get(0)
                .stage();
        assertEquals(1, scratch.recipe().layerDecay());
        assertEquals(
                TestProfile.settings().finetune().schedule(), scratch.recipe().schedule());
    }

    @Test
    void theTokenizerComesBeforeThePreTrainingThatPredictsItsWords() {
        assertEquals(
                List.of("tokenizer", "pretrain"),
                TestProfile.plan("table1d/dvae-token").stages().stream()
                        .map(stage -> stage.stage().kind())
                        .limit(2)
                        .toList());
    }

    @Test
    void beitAndTheDvaeTokenShareATokenizer() {
        assertEquals(1, count(TestProfile.plan("table1d", "table3/beit"), "tokenizer"));
    }

    @Test
    void flopsOfTheEncoderWithMaskTokensAreThePapersForItsModel() {
        Settings paper = ProfileLoader.load("imagenet");
        double ratio = of(paper, "table1c/encoder-with-mask-token").cells().stream()
                .filter(PlannedCell.Computed.class::isInstance)
                .mapToDouble(cell -> ((PlannedCell.Computed) cell).number())
                .findFirst()
                .orElseThrow();
        assertEquals(3.3, ratio, 0.1);
    }

    @Test
    void aStageKnowsAllCasesThatNeedIt() {
        PlannedStage first = TestProfile.plan("table1c", "table1f/random-75").stages().stream()
                .filter(stage -> stage.cases().contains("table1f/random-75"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of("table1c/encoder-without-mask-token", "table1f/random-75"), first.cases());
    }

    @Test
    void hashesAreThoseOfTheStages() {
        TestProfile.plan("table1f").stages().forEach(s -> assertEquals(StageHash.of(s.stage()), s.hash()));
    }

    @Test
    void aProfileThatCannotTakeACaseNamesTheCase() {
        Settings odd = Overrides.apply(TestProfile.settings(), Map.of("model.imageSize", "36"));
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> of(odd, "table1f/grid-75"));
        assertTrue(
                thrown.getMessage().startsWith("profile test cannot run table1f/grid-75: pretrain.maskSampling grid"));
    }

    @Test
    void reconstructionsFollowTheirPreTraining() {
        Plan plan = Planner.reconstructions(
                TestProfile.request(1),
                Selection.of(List.of("table1f/block-75"), TestProfile.TABLES, TestProfile.settings()),
                8);
        assertEquals(
                List.of("pretrain", "reconstruct"),
                plan.stages().stream().map(stage -> stage.stage().kind()).toList());
    }

    @Test
    void theNumberOfSeedsIsAtLeastOne() {
        assertEquals(List.of(4L, 5L, 6L), PlanRequest.seeds(4, 3));
        assertThrows(IllegalArgumentException.class, () -> PlanRequest.seeds(0, 0));
    }

    @Test
    void stagesAndCellsOfOtherMetricsAreNotPlanned() {
        Selection neighbours = Selection.of(List.of("table1f"), TestProfile.TABLES, TestProfile.settings())
                .onlyMetrics(List.of("knn"));
        Plan plan = Planner.plan(TestProfile.request(1), neighbours);
        assertEquals(
                Set.of("pretrain", "knn"),
                plan.stages().stream().map(stage -> stage.stage().kind()).collect(Collectors.toSet()));
        assertEquals(
                Set.of("knn"),
                plan.cells().stream().map(cell -> cell.key().metric()).collect(Collectors.toSet()));
    }

    @Test
    void aPreTrainingThatNoWantedColumnStartsFromIsNotPlanned() {
        Selection raw = Selection.of(List.of("context/raw-pixels"), TestProfile.TABLES, TestProfile.settings())
                .onlyMetrics(List.of("ft"));
        assertTrue(Planner.plan(TestProfile.request(1), raw).stages().isEmpty());
    }

    @Test
    void topFiveOfFiveClassesIsNoValue() {
        for (int classes : new int[] {3, 5, 6}) {
            PlanRequest request = new PlanRequest(
                    TestProfile.settings(),
                    data -> new ImageFacts(new DataIdentity(data, "none"), 1, classes, 100, 10),
                    Precision.FP32,
                    List.of(0L));
            Plan plan =
                    Planner.plan(request, Selection.of(List.of("table3"), TestProfile.TABLES, TestProfile.settings()));
            long measured = plan.cells().stream()
                    .filter(cell -> cell.key().metric().endsWith("-top5"))
                    .filter(PlannedCell.Measured.class::isInstance)
                    .count();
            assertEquals(classes > 5, measured > 0, classes + " classes");
        }
    }
}
