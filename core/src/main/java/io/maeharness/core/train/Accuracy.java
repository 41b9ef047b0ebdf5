package io.maeharness.core.train;

import io.maeharness.core.error.HarnessException;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Map;

/** Counts how often the true class is first, or among the first five, of a row of scores. */
public final class Accuracy {
    private static final int FIVE = 5;
    private final String model;
    private final String images;
    private final BitSet correct = new BitSet();
    private int seen;
    private long first;
    private long firstFive;

    /**
     * Nothing is counted yet.
     *
     * @param model whose scores are counted, and
     * @param images which images they are of, for the line that refuses scores that are no numbers
     */
    public Accuracy(String model, String images) {
        this.model = model;
        this.images = images;
        seen = 0;
    }

    /**
     * Counts a batch.
     *
     * @param scores [N, classes]
     * @param labels [N]
     * @throws io.maeharness.core.error.HarnessException of kind CHECKPOINT for a score that is not finite: compared with
     *     anything, not-a-number is neither more nor less, so that every class would count as the right one
     */
    public void add(float[] scores, int[] labels, int count, int classes) {
        for (int i = 0; i < count; i++) {
            FiniteRow.require(scores, i * classes, classes, model, "class", images, seen);
            int better = better(scores, i * classes, classes, labels[i]);
            correct.set(seen, better == 0);
            seen++;
            first += better == 0 ? 1 : 0;
            firstFive += better < FIVE ? 1 : 0;
        }
    }

    /** Classes that score higher than the true one; an equal score counts when its class comes first. */
    private static int better(float[] scores, int offset, int classes, int label) {
        int better = 0;
        float own = scores[offset + label];
        for (int k = 0; k < classes; k++) {
            float other = scores[offset + k];
            better += other > own || (other == own && k < label) ? 1 : 0;
        }
        return better;
    }

    /**
     * Percent of samples whose true class scores highest.
     *
     * @throws io.maeharness.core.error.HarnessException of kind DATA when nothing was counted: that is no accuracy of 0
     */
    public double top1() {
        return percent(first);
    }

    /**
     * Percent of samples whose true class is among the five highest.
     *
     * @throws io.maeharness.core.error.HarnessException as {@link #top1}
     */
    public double top5() {
        return percent(firstFive);
    }

    private double percent(long right) {
        if (seen == 0) {
            throw HarnessException.data("there is no accuracy of " + model + " on " + images
                    + ": there are no images; see to it that the part that is measured has some");
        }
        return 100.0 * right / seen;
    }

    /**
     * One bit a sample, in their order: whether its true class scores highest. Base64 of bytes; sample i is bit
     * {@code i % 8} of byte {@code i / 8}, counted from the lowest.
     */
    public String correct() {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(correct.toByteArray(), (seen + 7) / 8));
    }

    /** The values a stage with labels yields. */
    public Map<String, Double> metrics(double loss) {
        return Map.of("top1", top1(), "top5", top5(), "loss", loss);
    }
}
