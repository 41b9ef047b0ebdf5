package io.maeharness.results.gate;

import io.maeharness.results.gate.GateFinding.Status;
import io.maeharness.results.statistics.AccuracyGate;
import io.maeharness.results.statistics.GateMetric;
import io.maeharness.results.statistics.GateResult;
import io.maeharness.results.statistics.GateRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the speed of steps with that of the reference, by the model of the accuracies: a step is a cell, a process a seed,
 * and the value is the logarithm of images/s over the ceiling of the same process. Processes of the same number have nothing
 * in common on two days, so they are not paired.
 */
public final class SpeedTier {
    /** Name of the tier. */
    public static final String TIER = "speed";

    /** A smaller slow-down never counts. */
    public static final double MINIMUM = 0.05;

    /** Where a slow-down of this size would go unnoticed, nothing can be said. */
    private static final double VISIBLE = 0.1;

    /** Load of others for each processor from which on a measurement is one of them too. */
    private static final double BUSY = 0.5;

    private static final double PERCENT = 100;
    private static final String ALL = "all steps";
    /** The levels are those of accuracies; the smallest change is that of a logarithm. */
    private static final GateRule RULE = new GateRule(
            GateRule.STANDARD.cellLevel(),
            GateRule.STANDARD.globalLevel(),
            -Math.log(1 - MINIMUM),
            -Math.log(1 - MINIMUM));

    private SpeedTier() {}

    /** The reference's speeds that those of a machine can be compared with. */
    public static List<StepSpeed> comparable(List<StepSpeed> reference, String processor, String precision) {
        return reference.stream()
                .filter(speed ->
                        speed.processor().equals(processor) && speed.precision().equals(precision))
                .toList();
    }

    /** Why speeds are of no use, where others computed on the machine while they were measured. */
    public static Optional<String> busy(List<StepSpeed> speeds) {
        double[] others =
                speeds.stream().mapToDouble(StepSpeed::others).sorted().toArray();
        double median = others[others.length / 2];
        return median <= BUSY
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "others compute on this machine, %.1f for each processor, and slow steps by more than products;"
                                + " measure when it does nothing else",
                        median));
    }

    /** What is found where the reference has no speed of a machine's kind. */
    public static List<GateFinding> noReference(List<StepSpeed> reference, String processor, String precision) {
        String known = reference.stream()
                .map(speed -> speed.processor() + " in " + speed.precision())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining("; "));
        return List.of(cannotTell(
                ALL,
                "the reference has no speed of " + processor + " in " + precision
                        + (known.isEmpty() ? "" : ", it has " + known)
                        + "; mae check --speed --update adds it, on a machine that does nothing else"));
    }

    /** One finding a step, and one over all of them. */
    public static List<GateFinding> compare(List<StepSpeed> measured, List<StepSpeed> reference) {
        StepSpeed first = measured.get(0);
        List<StepSpeed> known = comparable(reference, first.processor(), first.precision());
        if (known.isEmpty()) {
            return noReference(reference, first.processor(), first.precision());
        }
        Optional<String> busy = busy(measured);
        if (busy.isPresent()) {
            return List.of(cannotTell(ALL, busy.get()));
        }
        List<GateFinding> findings = new ArrayList<>();
        Map<String, List<StepSpeed>> before = byStage(known);
        Map<String, List<StepSpeed>> after = byStage(measured);
        after.keySet().stream()
                .filter(stage -> !isSameWork(after.get(stage), before.get(stage)))
                .forEach(stage -> findings.add(cannotTell(
                        stage, "the reference has no such step; mae check --speed --update writes a new reference")));
        List<String> stages = after.keySet().stream()
                .filter(stage -> isSameWork(after.get(stage), before.get(stage)))
                .toList();
        if (!stages.isEmpty()) {
            findings.addAll(judged(before, after, stages));
        }
        return findings;
    }

    private static List<GateFinding> judged(
            Map<String, List<StepSpeed>> before, Map<String, List<StepSpeed>> after, List<String> stages) {
        int width = stages.stream()
                .mapToInt(stage -> Math.max(width(before.get(stage)), width(after.get(stage))))
                .max()
                .orElseThrow();
        GateMetric metric = GateMetric.of(ALL, values(before, stages, width), values(after, stages, width));
        GateResult result = new AccuracyGate(RULE, false).compare(List.of(metric));
        List<GateFinding> findings = new ArrayList<>();
        result.untested().forEach(name -> findings.add(cannotTell(name, "too few processes, or no variation")));
        result.shifts().forEach(shift -> findings.add(ofAll(shift)));
        result.cells()
                .forEach(cell -> findings.add(
                        ofOne(cell, stages.get(cell.cell()), result.cells().size(), after)));
        return findings;
    }

    private static GateFinding cannotTell(String name, String why) {
        return GateFinding.of(TIER, name, Status.CANNOT_TELL, why);
    }

    private static Map<String, List<StepSpeed>> byStage(List<StepSpeed> speeds) {
        return speeds.stream()
                .collect(Collectors.groupingBy(StepSpeed::stage, LinkedHashMap::new, Collectors.toList()));
    }

    private static boolean isSameWork(List<StepSpeed> measured, List<StepSpeed> reference) {
        return reference != null
                && reference.get(0).work().equals(measured.get(0).work());
    }

    private static int width(List<StepSpeed> speeds) {
        return 1 + speeds.stream().mapToInt(StepSpeed::process).max().orElse(0);
    }

    /** Logarithms, a row a stage and a column a process; NaN where there is none. */
    private static double[][] values(Map<String, List<StepSpeed>> speeds, List<String> stages, int width) {
        double[][] values = new double[stages.size()][width];
        for (int i = 0; i < values.length; i++) {
            double[] row = values[i];
            Arrays.fill(row, Double.NaN);
            speeds.get(stages.get(i)).forEach(speed -> row[speed.process()] = Math.log(speed.ratio()));
        }
        return values;
    }

    private static GateFinding ofAll(GateResult.Shift shift) {
        GateResult.Change change = shift.change();
        return GateFinding.of(
                TIER,
                ALL,
                status(change, 1, 1),
                String.format(
                        Locale.ROOT,
                        "moved by %+.1f %%, %s",
                        percent(change.contrast().value()),
                        judged(change, isNoisy(change, 1, 1))));
    }

    private static GateFinding ofOne(
            GateResult.Cell cell, String stage, int cells, Map<String, List<StepSpeed>> measured) {
        GateResult.Change change = cell.change();
        double own = 1 - 1.0 / cells;
        return new GateFinding(
                TIER,
                stage,
                status(change, cells, own),
                String.format(
                        Locale.ROOT,
                        "moved by %+.1f %%, %+.1f %% against the other steps, %s",
                        percent(cell.difference()),
                        percent(change.contrast().value()),
                        judged(change, isNoisy(change, cells, own))),
                OptionalDouble.of(measured.get(stage).stream().collect(Collectors.averagingDouble(StepSpeed::ratio))));
    }

    /** Of a difference of logarithms. */
    private static double percent(double difference) {
        return PERCENT * Math.expm1(difference);
    }

    private static String judged(GateResult.Change change, boolean noisy) {
        return String.format(
                Locale.ROOT,
                "error %.1f %%, p of a slow-down %.4f after Holm%s",
                PERCENT * change.contrast().standardError(),
                change.adjustedDrop(),
                noisy ? "; one of 10 % could go unnoticed, as when others compute here" : "");
    }

    /**
     * How a change came out.
     *
     * @param tests how many share the level
     * @param share of its own slow-down that a step shows against all
     */
    private static Status status(GateResult.Change change, int tests, double share) {
        if (change.isRegression()) {
            return Status.REGRESSION;
        }
        if (change.isImprovement()) {
            return Status.BETTER;
        }
        return isNoisy(change, tests, share) ? Status.CANNOT_TELL : Status.SAME;
    }

    private static boolean isNoisy(GateResult.Change change, int tests, double share) {
        return change.contrast().critical(change.level() / tests) > -share * Math.log(1 - VISIBLE);
    }
}
