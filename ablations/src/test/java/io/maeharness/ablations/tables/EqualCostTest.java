package io.maeharness.ablations.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlanRequest;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.Planner;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EqualCostTest {
    private static final double TOLERANCE = 0.1;

    /** Images as in the profile: channels and training images after the validation split. */
    @ParameterizedTest
    @CsvSource({"quick, 1, 10800", "cifar10, 3, 45000"})
    void everyMethodOfASmallProfileCostsWhatMaeOfTheSameSizeCosts(String name, int channels, int trainImages) {
        Map<String, Double> costs = costs("table3-encoders", ProfileLoader.load(name), channels, trainImages);
        costs.forEach((row, cost) -> {
            double mae = costs.get("mae" + row.substring(row.lastIndexOf('-')));
            assertEquals(1, cost / mae, TOLERANCE, name + " " + row + " of " + costs);
        });
    }

    @ParameterizedTest
    @CsvSource({"quick, 1, 10800", "cifar10, 3, 45000"})
    void simmimCostsWhatMaeBesideItCosts(String name, int channels, int trainImages) {
        Map<String, Double> costs = costs("simmim", ProfileLoader.load(name), channels, trainImages);
        assertEquals(1, costs.get("simmim") / costs.get("mae"), 0.03, name + " " + costs);
    }

    private static Map<String, Double> costs(String table, Settings profile, int channels, int trainImages) {
        PlanRequest request = new PlanRequest(
                profile,
                data -> new ImageFacts(new DataIdentity(data, "none"), channels, 10, trainImages, 2_000),
                Precision.FP32,
                List.of(0L));
        Plan plan = Planner.plan(request, Selection.of(List.of(table), TestProfile.TABLES, profile));
        Map<String, Double> costs = new TreeMap<>();
        for (PlannedCell cell : plan.cells()) {
            if (cell instanceof PlannedCell.Computed computed
                    && cell.key().metric().equals("cost")) {
                costs.put(cell.key().caseKey(), computed.number());
            }
        }
        return costs;
    }
}
