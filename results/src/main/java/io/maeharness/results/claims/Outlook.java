package io.maeharness.results.claims;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What more seeds are likely to decide of a claim that is open.
 *
 * @param claim the claim
 * @param seeds of today
 * @param decided probability that a later look decides it, either way, by the look's number of seeds; no look is left when
 *     it is empty
 */
public record Outlook(ProfileClaim claim, int seeds, SortedMap<Integer, Double> decided) {
    private static final double LIKELY = 0.8;
    private static final double HARDLY = 0.05;

    /** Copies the map and checks that looks are later ones and probabilities are such. */
    public Outlook {
        decided = Collections.unmodifiableSortedMap(new TreeMap<>(decided));
        for (Map.Entry<Integer, Double> look : decided.entrySet()) {
            if (look.getKey() <= seeds || !(look.getValue() >= 0 && look.getValue() <= 1)) {
                throw new IllegalArgumentException("a look after " + seeds + " seeds has more of them and a probability"
                        + " in [0, 1], got " + look.getKey() + " and " + look.getValue());
            }
        }
    }

    /** Probability that a look decides the claim; 0 for one that is not to come. */
    public double decidedAt(int look) {
        return decided.getOrDefault(look, 0.0);
    }

    /** The first look that decides the claim with a probability of 0.8 or more; empty when none does. */
    public OptionalInt seedsItTakes() {
        return decided.entrySet().stream()
                .filter(look -> look.getValue() >= LIKELY)
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether not even the last look has a probability of 5 % to decide the claim. */
    public boolean isFutile() {
        return decided.isEmpty() || decided.get(decided.lastKey()) < HARDLY;
    }

    /** For example {@code about 8 seeds would decide it}. */
    public String inWords() {
        if (decided.isEmpty()) {
            return "the last look is over";
        }
        OptionalInt takes = seedsItTakes();
        return takes.isPresent()
                ? "about " + takes.getAsInt() + " seeds would decide it"
                : "more than " + decided.lastKey() + " seeds would be needed";
    }
}
