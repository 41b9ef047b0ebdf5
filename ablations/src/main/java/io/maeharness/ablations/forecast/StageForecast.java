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
 * @param microBatch images that a card computes on at once, where it trains; 1 else
 * @param spent seconds by what they are spent on
 */
public record StageForecast(PlannedStage stage, int microBatch, Map<Bound, Double> spent) {
    /** By a model of time, with micro-batches as large as the cards' memory allows. */
    static StageForecast of(PlannedStage stage, TimeModel model) {
        return of(stage, stage.microBatchOn(model.machine().accelerator().memoryBytes()), model);
    }

    /** By a model of time. */
    static StageForecast of(PlannedStage stage, int microBatch, TimeModel model) {
        boolean decoded = stage.stage().data().settings().dataset() == DataSource.IMAGE_FOLDER;
        Map<Bound, Double> spent = new EnumMap<>(Bound.class);
        for (Workload part : stage.workload(microBatch)) {
            model.seconds(part, stage.stage().precision(), decoded)
                    .forEach((bound, seconds) -> spent.merge(bound, seconds, Double::sum));
        }
        double missing = stage.stage().leastSeconds().orElse(0) - TimeModel.total(spent);
        if (missing > 0) {
            spent.put(Bound.GIVEN_TIME, missing);
        }
        return new StageForecast(stage, microBatch, spent);
    }

    /** Bytes that it takes of a card, roughly. */
    public double bytes() {
        return stage.bytes(microBatch);
    }

    /** Whether it trains in micro-batches. */
    public boolean trains() {
        return stage.stage().schedule().isPresent();
    }

    /** Seconds from its beginning to its end. */
    public double seconds() {
        return TimeModel.total(spent);
    }
}
