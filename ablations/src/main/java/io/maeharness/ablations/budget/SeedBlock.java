package io.maeharness.ablations.budget;

import java.time.Duration;

/**
 * The rows of a family of claims taken to a number of seeds at which verdicts may be reached.
 *
 * @param family whose cells are measured, all of them with each seed
 * @param seeds that every cell has afterwards
 * @param cost time that what is missing takes on this machine, about
 * @param decisions how many open primary claims are expected to be decided by it
 */
public record SeedBlock(String family, int seeds, Duration cost, double decisions) {
    private static final double SHORTEST_SECONDS = 1;
    private static final double MILLIS = 1000;

    /** Checks that there is something to expect. */
    public SeedBlock {
        if (seeds < 2 || cost.isNegative() || !(decisions >= 0)) {
            throw new IllegalArgumentException("a block of " + family + " needs two seeds or more and no negative cost"
                    + " or gain, got " + seeds + ", " + cost + ", " + decisions);
        }
    }

    /** Expected decisions a second. */
    double rate() {
        return decisions / Math.max(SHORTEST_SECONDS, cost.toMillis() / MILLIS);
    }

    /** For example {@code table1a to 3 seeds}. */
    public String inWords() {
        return family + " to " + seeds + " seeds";
    }
}
