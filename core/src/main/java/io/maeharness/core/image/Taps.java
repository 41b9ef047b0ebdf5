package io.maeharness.core.image;

/**
 * The weights with which input pixels enter each output pixel along one axis.
 *
 * <p>Each output pixel reads {@code count} neighbours from {@code first} on. Weights are fixed point
 * with 22 bits, as in Pillow; output pixels near a border that would read fewer neighbours get
 * weights of zero, so that every pixel has the same count and the inner loops need no tests.
 */
final class Taps {

    static final int PRECISION = 22;
    static final int HALF = 1 << (PRECISION - 1);

    private final int count;
    private final int[] first;
    private final int[] weights;

    /**
     * Computes the weights for one axis.
     *
     * @param input pixels before
     * @param output pixels after
     */
    Taps(int input, int output, Resampling filter) {
        double scale = (double) input / output;
        double stretch = Math.max(scale, 1);
        double support = filter.support() * stretch;
        this.count = Math.min(input, widest(input, output, scale, support));
        this.first = new int[output];
        this.weights = new int[output * count];
        double[] exact = new double[count];
        for (int i = 0; i < output; i++) {
            double centre = (i + 0.5) * scale;
            int from = Math.max(0, (int) (centre - support + 0.5));
            int to = Math.min(input, (int) (centre + support + 0.5));
            double sum = 0;
            for (int k = 0; k < to - from; k++) {
                exact[k] = filter.weight((k + from - centre + 0.5) / stretch);
                sum += exact[k];
            }
            first[i] = Math.min(from, input - count);
            int shift = i * count + from - first[i];
            for (int k = 0; k < to - from; k++) {
                weights[shift + k] = fixedPoint(exact[k] / sum);
            }
        }
    }

    private static int widest(int input, int output, double scale, double support) {
        int widest = 1;
        for (int i = 0; i < output; i++) {
            double centre = (i + 0.5) * scale;
            int from = Math.max(0, (int) (centre - support + 0.5));
            int to = Math.min(input, (int) (centre + support + 0.5));
            widest = Math.max(widest, to - from);
        }
        return widest;
    }

    private static int fixedPoint(double weight) {
        double scaled = weight * (1 << PRECISION);
        return (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }

    /** Returns how many neighbours each output pixel reads. */
    int count() {
        return count;
    }

    /** Returns the first input pixel that an output pixel reads. */
    int first(int output) {
        return first[output];
    }

    /** Returns the weights, {@link #count()} for each output pixel. */
    int[] weights() {
        return weights;
    }

    /** Returns a sum of weighted bytes as a byte 0 to 255, rounded. */
    static int level(int sum) {
        return Math.min(255, Math.max(0, sum >> PRECISION));
    }
}
