package io.maeharness.results.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a short stage with a fixed seed computes: the loss of each of its first steps, and its accuracies; and how far other
 * processors were seen to come from it.
 *
 * @param name the case that asks for the stage, and its kind: {@code table1f/block-75 pretrain}
 * @param stage hash of the stage: equal ones mean the same computation
 * @param losses loss of each step from the first on; empty where nothing is trained
 * @param spreads for each step, the largest relative deviation of other processors' losses up to it; 0 where none was seen
 * @param accuracies top-1 accuracies by name, percent
 * @param points the largest deviation of other processors' accuracies, percentage points
 */
public record GoldenCurve(
        String name,
        String stage,
        List<Double> losses,
        List<Double> spreads,
        Map<String, Double> accuracies,
        double points) {
    private static final double SMALLEST = 1e-3;

    /** Copies; accuracies keep the order of their names. */
    public GoldenCurve {
        losses = List.copyOf(losses);
        spreads = List.copyOf(spreads);
        accuracies = Collections.unmodifiableMap(new TreeMap<>(accuracies));
        if (losses.isEmpty() && accuracies.isEmpty()) {
            throw new IllegalArgumentException(name + " has neither losses nor an accuracy to compare");
        }
        if (spreads.size() != losses.size()) {
            throw new IllegalArgumentException(name + " has " + losses.size() + " losses and " + spreads.size()
                    + " spreads, there must be as many");
        }
    }

    /** What one run computed. */
    public static GoldenCurve measured(String name, String stage, List<Double> losses, Map<String, Double> accuracies) {
        return new GoldenCurve(name, stage, losses, Collections.nCopies(losses.size(), 0.0), accuracies, 0);
    }

    /** The same with the deviations of other runs of this very stage; runs of another stage are left out. */
    public GoldenCurve spreadOver(Collection<GoldenCurve> others) {
        List<GoldenCurve> same =
                others.stream().filter(other -> other.stage().equals(stage)).toList();
        List<Double> seen = new ArrayList<>();
        double largest = 0;
        for (int i = 0; i < losses.size(); i++) {
            int step = i;
            largest = Math.max(
                    Math.max(largest, spreads.get(i)),
                    same.stream()
                            .mapToDouble(other -> deviation(other, step))
                            .max()
                            .orElse(0));
            seen.add(largest);
        }
        double most = Stream.concat(Stream.of(points), same.stream().map(this::pointsFrom))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return new GoldenCurve(name, stage, losses, seen, accuracies, most);
    }

    /** Relative deviation of another run's loss in a step, counted from 0; infinite where it has none. */
    double deviation(GoldenCurve other, int step) {
        if (step >= other.losses().size()) {
            return Double.POSITIVE_INFINITY;
        }
        double own = losses.get(step);
        return Math.abs(other.losses().get(step) - own) / Math.max(Math.abs(own), SMALLEST);
    }

    /** The largest deviation of another run's accuracies, percentage points; infinite where one is missing. */
    double pointsFrom(GoldenCurve other) {
        return accuracies.entrySet().stream()
                .mapToDouble(entry -> Math.abs(
                        other.accuracies().getOrDefault(entry.getKey(), Double.POSITIVE_INFINITY) - entry.getValue()))
                .max()
                .orElse(0);
    }
}
