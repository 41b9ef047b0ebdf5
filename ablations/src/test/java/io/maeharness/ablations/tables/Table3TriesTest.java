package io.maeharness.ablations.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.baselines.dino.DinoStage;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.data.Split;
import io.maeharness.core.frozen.KnnStage;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.supervised.FinetuneStage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that say how table 3's recipes were chosen and how long they have to run. */
class Table3TriesTest {
    private static List<Row> tries(Settings profile) {
        return new Table3Tuning().rows(profile);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "quick", "cifar10", "imagenet"})
    void everyMethodGetsTheSameNumberOfTries(String profile) {
        Map<String, Long> counts = tries(ProfileLoader.load(profile)).stream()
                .collect(Collectors.groupingBy(row -> row.layout().series().orElseThrow(), Collectors.counting()));
        assertEquals(Set.of("scratch", "DINO", "MoCo v3", "BEiT", "MAE"), counts.keySet());
        assertEquals(Set.of(4L), new HashSet<>(counts.values()));
    }

    @Test
    void theTestSplitChoosesNothing() {
        Set<Split> evaluated = TestProfile.plan("table3-tuning").stages().stream()
                .map(PlannedStage::stage)
                .filter(stage -> stage instanceof FinetuneStage || stage instanceof KnnStage)
                .map(stage -> stage.data().settings().evaluateOn())
                .collect(Collectors.toSet());
        assertEquals(Set.of(Split.VALIDATION), evaluated);
    }

    @Test
    void theProfilesOwnRateSharesThePretrainingOfTable3() {
        Plan chosen = TestProfile.plan("table3");
        for (String method : List.of("dino", "moco-v3", "mae")) {
            Plan tried = TestProfile.plan("table3-tuning/" + method + "-rate-1");
            assertTrue(chosen.hashes().containsAll(pretrainings(tried)), method);
        }
    }

    @Test
    void aRateIsWrittenAsItIsAndNotAsFloatingPointMakesIt() {
        assertEquals(
                List.of("0.002", "0.004", "0.008", "0.016"),
                tries(ProfileLoader.load("quick")).stream()
                        .filter(row -> row.layout().series().orElseThrow().equals("MAE"))
                        .map(row -> row.layout().label())
                        .toList());
    }

    @Test
    void theWholeLengthIsTable3() {
        for (String method : List.of("dino", "moco-v3", "beit", "mae")) {
            Plan whole = TestProfile.plan("table3-lengths/" + method + "-100");
            assertTrue(TestProfile.plan("table3").hashes().containsAll(pretrainings(whole)), method);
        }
    }

    @Test
    void aLengthStretchesTheWarmUpWithTheSchedule() {
        DinoStage whole = dino("dino-100");
        DinoStage twice = dino("dino-200");
        assertEquals(whole.recipe().schedule().stretched(2), twice.recipe().schedule());
    }

    private static DinoStage dino(String row) {
        return TestProfile.plan("table3-lengths/" + row).stages().stream()
                .map(PlannedStage::stage)
                .filter(DinoStage.class::isInstance)
                .map(DinoStage.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> pretrainings(Plan plan) {
        return plan.stages().stream()
                .filter(planned -> planned.stage() instanceof EncoderStage)
                .map(PlannedStage::hash)
                .collect(Collectors.toSet());
    }
}
