package io.maeharness.results.difference;

import io.maeharness.results.CellKey;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cell that two runs have.
 *
 * @param cell which
 * @param before values of the first run by seed, in the unit of the column: percent in 0-100 for an accuracy
 * @param after those of the second
 * @param noise what a change is measured against
 * @param timed whether it is a time, which is never the same twice
 */
public record CellDifference(
        CellKey cell, SortedMap<Long, Double> before, SortedMap<Long, Double> after, Noise noise, boolean timed) {
    /** Checks that there are values on both sides. */
    public CellDifference {
        before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
        after = Collections.unmodifiableSortedMap(new TreeMap<>(after));
        if (before.isEmpty() || after.isEmpty()) {
            throw new IllegalArgumentException(
                    "both runs must have a value of " + cell + ", got " + before.size() + " and " + after.size());
        }
    }

    /** Seeds of which both runs have a value; empty where they measured different ones. */
    public SortedSet<Long> seeds() {
        SortedSet<Long> seeds = new TreeSet<>(before.keySet());
        seeds.retainAll(after.keySet());
        return seeds;
    }

    /** Whether the values of all seeds that both runs have are the same, to the last bit; false without such a seed. */
    public boolean isIdentical() {
        return !seeds().isEmpty()
                && seeds().stream().allMatch(seed -> Double.compare(before.get(seed), after.get(seed)) == 0);
    }

    /** Mean of the first run over the seeds that both have, or over all of its own where they have none. */
    public double meanBefore() {
        return mean(before);
    }

    /** Mean of the second run over the same seeds. */
    public double meanAfter() {
        return mean(after);
    }

    private double mean(Map<Long, Double> values) {
        SortedSet<Long> seeds = seeds();
        return values.entrySet().stream()
                .filter(value -> seeds.isEmpty() || seeds.contains(value.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .average()
                .orElseThrow();
    }

    /** Second mean less the first, in the unit of the column: points for an accuracy. */
    public double moved() {
        return meanAfter() - meanBefore();
    }

    /** Size of the movement in residual deviations of a single value; empty where these are not known. */
    public OptionalDouble deviations() {
        return noise.deviation().isPresent()
                ? OptionalDouble.of(Math.abs(moved()) / noise.deviation().getAsDouble())
                : OptionalDouble.empty();
    }
}
