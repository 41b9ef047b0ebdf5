package io.maeharness.results.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Did accuracy regress? Two tests share the probability of a false alarm: single cells against the others, with Holm
 * over all cells of all metrics, and all cells of a metric together, with Holm over the metrics.
 *
 * <p>Each metric keeps its own centre and variance. Its blocks move its cells together and differ from those of another
 * metric, and the errors of a cell in two metrics that share an encoder are correlated: one centre or one mean over
 * all metrics would take either for less than it is.
 */
public final class AccuracyGate {
    private final GateRule rule;
    private final boolean sameDraws;

    /**
     * A gate.
     *
     * @param rule levels and smallest changes
     * @param sameDraws whether weights, orders and masks of a seed start the same on both sides, so that seeds pair
     */
    public AccuracyGate(GateRule rule, boolean sameDraws) {
        this.rule = rule;
        this.sameDraws = sameDraws;
    }

    /** Compares the candidate with the reference, metric by metric. */
    public GateResult compare(List<GateMetric> metrics) {
        List<GateMetric> tested =
                metrics.stream().filter(metric -> shift(metric).isPresent()).toList();
        List<String> untested = metrics.stream()
                .filter(metric -> shift(metric).isEmpty())
                .map(GateMetric::name)
                .toList();
        return new GateResult(cells(tested), shifts(tested), untested);
    }

    private Optional<Contrast> paired(GateMetric metric) {
        return sameDraws ? new MetricComparison(metric.byTraining()).pairedShift() : Optional.empty();
    }

    private Optional<Contrast> shift(GateMetric metric) {
        return paired(metric).or(() -> new MetricComparison(metric.byTraining()).unpairedShift());
    }

    private List<GateResult.Shift> shifts(List<GateMetric> tested) {
        List<GateResult.Change> changes = judged(
                tested.stream().map(this::shift).map(Optional::orElseThrow).toList(),
                rule.minimumOfAll(),
                rule.globalLevel());
        return IntStream.range(0, tested.size())
                .mapToObj(i -> new GateResult.Shift(
                        tested.get(i).name(), paired(tested.get(i)).isPresent(), changes.get(i)))
                .toList();
    }

    private List<GateResult.Cell> cells(List<GateMetric> tested) {
        List<Candidate> candidates = tested.stream()
                .flatMap(metric -> {
                    MetricComparison comparison = new MetricComparison(metric.byTraining());
                    return Arrays.stream(comparison.testableCells())
                            .mapToObj(cell -> new Candidate(
                                    metric.name(),
                                    metric.firstCell(cell),
                                    comparison.difference(cell),
                                    comparison.againstTheOthers(cell)));
                })
                .toList();
        List<GateResult.Change> changes =
                judged(candidates.stream().map(Candidate::againstTheOthers).toList(), rule.minimum(), rule.cellLevel());
        return IntStream.range(0, changes.size())
                .mapToObj(i -> candidates.get(i).judged(changes.get(i)))
                .toList();
    }

    /** A cell before Holm. */
    private record Candidate(String metric, int cell, double difference, Contrast againstTheOthers) {
        GateResult.Cell judged(GateResult.Change change) {
            return new GateResult.Cell(metric, cell, difference, change);
        }
    }

    private static List<GateResult.Change> judged(List<Contrast> contrasts, double minimum, double level) {
        double[] drops = adjusted(contrasts, contrast -> contrast.pBelow(0));
        double[] rises = adjusted(contrasts, contrast -> contrast.pAbove(0));
        return IntStream.range(0, contrasts.size())
                .mapToObj(i -> new GateResult.Change(
                        contrasts.get(i), contrasts.get(i).pBelow(0), drops[i], rises[i], minimum, level))
                .toList();
    }

    private static double[] adjusted(List<Contrast> contrasts, ToDoubleFunction<Contrast> probability) {
        return Holm.adjusted(contrasts.stream().mapToDouble(probability).toArray());
    }
}
