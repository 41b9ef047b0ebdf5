package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.ResultRow;
import io.maeharness.results.Unit;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/**
 * A column: what it is called and how it is measured of a case. A row may measure the same column otherwise:
 * {@code FT.by(CaseStages::scratch)}.
 *
 * @param key as in the results and in the paper's published values
 * @param label name in a report
 * @param unit unit of the values
 * @param decimals digits printed after the decimal point of our values, 0-6
 * @param shown whether reports have the column; the others are in the results alone
 * @param measurement where a case's value comes from
 */
public record Column(String key, String label, Unit unit, int decimals, boolean shown, Measurement measurement) {
    private static final String TOP1 = "top1";
    private static final String TOP5 = "top5";

    /** A column of which each row says how it is measured, if it is. */
    static Column of(String key, String label, Unit unit, int decimals) {
        return new Column(key, label, unit, decimals, true, new LeftOut(ResultRow.NO_SUCH_VALUE));
    }

    /** A column of accuracies, percent in 0-100, of which each row says how it is measured. */
    static Column accuracy(String key, String label) {
        return of(key, label, Unit.PERCENT, 1);
    }

    /** The same column, in the results alone. */
    Column unshown() {
        return new Column(key, label, unit, decimals, false, measurement);
    }

    private Column measured(Measurement other) {
        return new Column(key, label, unit, decimals, shown, other);
    }

    /** The same column measured by the top-1 accuracy of a stage. */
    Column by(Function<CaseStages, Stage> stage) {
        return by(stage, TOP1);
    }

    /** The same column measured by a value that a stage yields. */
    Column by(Function<CaseStages, Stage> stage, String value) {
        return measured(new OfStage(stage, value));
    }

    /** The same column counted: its value follows from a stage and its images without computing it. */
    <S extends Stage> Column counted(Function<CaseStages, S> stage, ToDoubleBiFunction<S, ImageFacts> value) {
        return measured(new OfPlan<>(stage, value));
    }

    /** The same column for a value that the paper prints and this harness does not measure. */
    Column leftOut(String reason) {
        return measured(new LeftOut(reason));
    }

    /** The column measured by the top-1 accuracy of a stage, and behind it one of top-5, which no report shows. */
    List<Column> withTop5(Function<CaseStages, Stage> stage) {
        Column top5 = new Column(key + "-top5", label + ", top-5", unit, decimals, false, new OfStage(stage, TOP5));
        return List.of(by(stage), top5);
    }

    /** What it looks like in a report. */
    public MetricLayout layout() {
        return new MetricLayout(key, label, unit, decimals);
    }

    /** Where a value comes from. */
    public sealed interface Measurement {}

    /**
     * A value that a stage yields.
     *
     * @param stage the stage of a case and seed
     * @param value name of the value among the stage's metrics
     */
    public record OfStage(Function<CaseStages, Stage> stage, String value) implements Measurement {
        private static final int FIVE = 5;

        /** Whether it is the share of images whose class is among five of so many, which are all of them. */
        public boolean isAlwaysRight(int classes) {
            return value.equals(TOP5) && classes <= FIVE;
        }
    }

    /**
     * A value that follows from a stage and its images without computing it.
     *
     * @param stage the stage of a case and seed
     * @param value computes it
     */
    public record OfPlan<S extends Stage>(Function<CaseStages, S> stage, ToDoubleBiFunction<S, ImageFacts> value)
            implements Measurement {
        /** The value for a case. */
        public double of(CaseStages made, ImageFacts images) {
            return value.applyAsDouble(stage.apply(made), images);
        }
    }

    /**
     * No value.
     *
     * @param reason why, on one line
     */
    public record LeftOut(String reason) implements Measurement {}
}
