package io.maeharness.results.difference;

import java.util.Base64;
import java.util.BitSet;

/**
 * How the answers to single images differ between two measurements of one accuracy.
 *
 * @param images how many images were evaluated
 * @param lost answered right in the first alone
 * @param won answered right in the second alone
 */
public record AnswerDifference(int images, int lost, int won) {
    /** Two-sided 95 % quantile of the normal distribution. */
    private static final double QUANTILE = 1.96;

    private static final double PERCENT = 100;

    /** Checks that no more answers differ than there are. */
    public AnswerDifference {
        if (images < 1 || lost < 0 || won < 0 || lost + won > images) {
            throw new IllegalArgumentException("of " + images + " answers, " + lost + " lost and " + won
                    + " won cannot be; there must be an image, and no more changes than images");
        }
    }

    /**
     * Compares the bits of two measurements.
     *
     * @param before base64, one bit an image, lowest first
     * @param after the same of the second
     * @param images how many images there are; bits past them are not looked at
     * @throws IllegalArgumentException when one of the two is not base64
     */
    public static AnswerDifference between(String before, String after, int images) {
        BitSet first = bits(before, images);
        BitSet second = bits(after, images);
        BitSet lost = (BitSet) first.clone();
        lost.andNot(second);
        second.andNot(first);
        return new AnswerDifference(images, lost.cardinality(), second.cardinality());
    }

    private static BitSet bits(String text, int images) {
        return BitSet.valueOf(Base64.getDecoder().decode(text)).get(0, images);
    }

    /** How many answers differ. */
    public int changed() {
        return lost + won;
    }

    /** Second accuracy less the first, percentage points. */
    public double points() {
        return PERCENT * (won - lost) / images;
    }

    /** Half the width of the 95 % interval of {@link #points} over images like these, paired, percentage points. */
    public double halfWidth() {
        double difference = won - lost;
        return PERCENT * QUANTILE * Math.sqrt(changed() - difference * difference / images) / images;
    }

    /** Whether the interval holds no difference at all. */
    public boolean isWithinChance() {
        return Math.abs(points()) <= halfWidth();
    }
}
