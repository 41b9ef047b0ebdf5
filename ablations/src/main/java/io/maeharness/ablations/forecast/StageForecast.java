package io.maeharness.ablations.forecast;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.stage.Workload;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a stage takes.
 *
 * @param stage the stage
 * @param spent seconds by what they are spent on
 */
public record StageForecast(PlannedStage stage, Map<Bound, Double> spent) {
    /** By a model of time. */
    static StageForecast of(PlannedStage stage, TimeModel model) {
        boolean decoded = stage.stage().data().settings().dataset() == DataSource.IMAGE_FOLDER;
        Map<Bound, Double> spent = new EnumMap<>(Bound.class);
        for (Workload part : stage.workload()) {
            model.seconds(part, stage.stage().precision(), decoded)
                    .forEach((bound, seconds) -> spent.merge(bound, seconds, Double::sum));
        }
        double missing = stage.stage().leastSeconds().orElse(0) - TimeModel.total(spent);
        if (missing > 0) {
            spent.put(Bound.GIVEN_TIME, missing);
        }
        return new StageForecast(stage, spent);
    }

    /** Seconds from its beginning to its end. */
    public double seconds() {
        return TimeModel.total(spent);
    }
}
