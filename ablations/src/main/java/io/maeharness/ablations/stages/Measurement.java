package io.maeharness.ablations.stages;

import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** Where the value of one column comes from. Percent in 0-100. */
public sealed interface Measurement {
    /** Fine-tuning accuracy, top-1 and top-5. */
    List<Measurement> FINETUNING = accuracies("ft", CaseStages::finetune);

    /** Linear probing accuracy, top-1 and top-5. */
    List<Measurement> PROBING = accuracies("lin", CaseStages::probe);

    /** Nearest-neighbour accuracy. */
    Measurement NEIGHBOURS = new OfStage("knn", CaseStages::neighbours, "top1");

    /** What every ablation of pre-training is measured by: {@code ft}, {@code lin} (both also top-5), {@code knn}. */
    List<Measurement> PRETRAINING =
            List.of(FINETUNING.get(0), FINETUNING.get(1), PROBING.get(0), PROBING.get(1), NEIGHBOURS);

    /** Key of the column. */
    String metric();

    /**
     * A value that a stage yields.
     *
     * @param metric key of the column
     * @param stage the stage of a case and seed
     * @param value name of the value among the stage's metrics
     */
    record OfStage(String metric, Function<CaseStages, Stage> stage, String value) implements Measurement {}

    /**
     * A value that follows from the configuration alone.
     *
     * @param metric key of the column
     * @param value computes it
     */
    record OfConfiguration(String metric, ToDoubleFunction<Comparison> value) implements Measurement {}

    /**
     * A value that follows from a stage and its images without computing it.
     *
     * @param metric key of the column
     * @param stage the stage of a case and seed
     * @param value computes it
     */
    record OfPlan(String metric, Function<CaseStages, Stage> stage, ToDoubleBiFunction<Stage, ImageFacts> value)
            implements Measurement {}

    /**
     * A value that the paper prints and this harness does not measure.
     *
     * @param metric key of the column
     * @param reason why, on one line
     */
    record LeftOut(String metric, String reason) implements Measurement {}

    /** Top-1 as {@code metric} and top-5 as {@code metric-top5} of a stage with labels. */
    static List<Measurement> accuracies(String metric, Function<CaseStages, Stage> stage) {
        return List.of(new OfStage(metric, stage, "top1"), new OfStage(metric + "-top5", stage, "top5"));
    }
}
