package io.maeharness.results.statistics;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * Numbers of seeds at which verdicts may be reached, fixed before the first seed, and the share of the level that each
 * look may spend. Whatever decides about going on, the level holds.
 *
 * @param seeds of the looks, rising, at least 2
 * @param weights of the looks, above 0, together at most 1
 */
public record LookPlan(List<Integer> seeds, List<Double> weights) {
    /** Six looks, from 2 to 20 seeds. */
    public static final LookPlan STANDARD =
            new LookPlan(List.of(2, 3, 5, 8, 12, 20), List.of(0.10, 0.10, 0.15, 0.20, 0.20, 0.25));

    private static final double ROUNDING = 1e-9;

    /** Checks that the looks rise and that their weights are no more than the level. */
    public LookPlan {
        seeds = List.copyOf(seeds);
        weights = List.copyOf(weights);
        if (seeds.isEmpty() || seeds.size() != weights.size() || seeds.get(0) < 2 || !rises(seeds)) {
            throw new IllegalArgumentException(
                    "looks need rising numbers of seeds from 2 and a weight each, got " + seeds + " and " + weights);
        }
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        if (Collections.min(weights) <= 0 || sum > 1 + ROUNDING) {
            throw new IllegalArgumentException(
                    "weights of looks must be above 0 and at most 1 together, got " + weights);
        }
    }

    /** One look at a number of seeds that was announced before the first, with all of the level. */
    public static LookPlan fixed(int seeds) {
        return new LookPlan(List.of(seeds), List.of(1.0));
    }

    /** The first look with more seeds than there are; empty after the last. */
    public OptionalInt next(int seedsNow) {
        return seeds.stream()
                .mapToInt(Integer::intValue)
                .filter(n -> n > seedsNow)
                .findFirst();
    }

    /**
     * The share of the level that a look may spend.
     *
     * @throws IllegalArgumentException when no look has so many seeds
     */
    public double weight(int look) {
        int place = seeds.indexOf(look);
        if (place < 0) {
            throw new IllegalArgumentException("there is no look at " + look + " seeds, only at " + seeds);
        }
        return weights.get(place);
    }

    /** The last look that a number of seeds has reached, as its place in the plan; empty before the first. */
    public OptionalInt reached(int seedsNow) {
        long looks = seeds.stream().filter(n -> n <= seedsNow).count();
        return looks == 0 ? OptionalInt.empty() : OptionalInt.of((int) looks - 1);
    }

    /**
     * The sequential probability after some looks: of ever seeing one so small when there is no effect. Source: union
     * bound over the looks; sequential p-values after Liu and Anderson 2008.
     *
     * @param probabilities of the looks so far, in their order; NaN for one that was jumped over, whose weight is lost
     */
    public double sequential(double... probabilities) {
        if (probabilities.length > seeds.size()) {
            throw new IllegalArgumentException(
                    "the plan has " + seeds.size() + " looks, got probabilities of " + probabilities.length);
        }
        double smallest = 1;
        for (int look = 0; look < probabilities.length; look++) {
            if (!Double.isNaN(probabilities[look])) {
                smallest = Math.min(smallest, probabilities[look] / weights.get(look));
            }
        }
        return smallest;
    }

    private static boolean rises(List<Integer> seeds) {
        for (int i = 1; i < seeds.size(); i++) {
            if (seeds.get(i) <= seeds.get(i - 1)) {
                return false;
            }
        }
        return true;
    }
}
