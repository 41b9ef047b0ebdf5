package io.maeharness.ablations.gate;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.StageRecord;
import io.maeharness.results.LossCurve;
import io.maeharness.results.gate.GoldenCurve;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the stages of a run computed, for comparison with a reference. */
public final class GoldenStages {
    /** Steps of a stage that are compared. */
    public static final int STEPS = 100;

    private static final String ACCURACY = "top1";

    private GoldenStages() {}

    /** The finished stages of a plan that trained or evaluated something, in the order of the plan. */
    public static List<GoldenCurve> of(Plan plan, OutputDirectory output) {
        return plan.stages().stream()
                .flatMap(stage -> of(stage, output).stream())
                .toList();
    }

    private static Optional<GoldenCurve> of(PlannedStage stage, OutputDirectory output) {
        return StageRecord.read(output.outcome(stage.hash()), stage.stage())
                .map(record -> GoldenCurve.measured(
                        name(stage),
                        stage.hash(),
                        losses(stage, output),
                        accuracies(record.outcome().metrics())));
    }

    /** The case that comes first in the plan, and the kind of stage. */
    static String name(PlannedStage stage) {
        return stage.cases().get(0) + " " + stage.stage().kind();
    }

    private static List<Double> losses(PlannedStage stage, OutputDirectory output) {
        Path curve = LossCurve.file(output.results().curves(), stage.hash());
        if (!Files.exists(curve)) {
            return List.of();
        }
        return LossCurve.read(curve).stream()
                .limit(STEPS)
                .map(LossCurve.Point::loss)
                .toList();
    }

    private static Map<String, Double> accuracies(Map<String, Double> metrics) {
        Map<String, Double> accuracies = new LinkedHashMap<>();
        metrics.forEach((name, value) -> {
            if (name.startsWith(ACCURACY)) {
                accuracies.put(name, value);
            }
        });
        return accuracies;
    }
}
