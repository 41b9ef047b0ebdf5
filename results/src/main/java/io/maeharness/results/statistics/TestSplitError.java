package io.maeharness.results.statistics;

import java.util.BitSet;
import java.util.List;

/**
 * How far a combination of accuracies may be off because the test split is one sample of images.
 *
 * <p>Images and seeds are crossed: all cases and seeds see the same images. The difficulty of an image is common to all
 * cases and cancels where the coefficients sum to 0; what is left, the interaction of cases and images, does not shrink
 * with seeds. It is no part of a verdict, which is about these images. Single images that flip between seeds are
 * counted in both errors, which errs on the wide side. Source: Clark 1973, crossed random effects.
 *
 * @param value of the combination on the split, in percentage points
 * @param standardError of the value as that of all images of the kind, in percentage points
 * @param images in the split, at least 2
 */
public record TestSplitError(double value, double standardError, int images) {
    private static final double PERCENT = 100;

    /** Checks that there are images to tell an error from. */
    public TestSplitError {
        if (images < 2 || !Double.isFinite(value) || !(standardError >= 0)) {
            throw new IllegalArgumentException("an error of a test split needs at least two images, a finite value and"
                    + " an error of at least 0, got " + images + ", " + value + ", " + standardError);
        }
    }

    /**
     * The error of a combination.
     *
     * @param images in the split
     * @param coefficients one a case
     * @param correct a list a case, in it a set a seed: the images that this run classified correctly
     * @throws IllegalArgumentException when a case has no seed, or an image lies outside the split
     */
    public static TestSplitError of(int images, double[] coefficients, List<List<BitSet>> correct) {
        if (coefficients.length != correct.size()) {
            throw new IllegalArgumentException("a combination needs a coefficient a case, got " + coefficients.length
                    + " for " + correct.size() + " cases");
        }
        double[] combined = new double[images];
        for (int i = 0; i < coefficients.length; i++) {
            int[] hits = hits(images, correct.get(i));
            for (int x = 0; x < images; x++) {
                combined[x] +=
                        PERCENT * coefficients[i] * hits[x] / correct.get(i).size();
            }
        }
        Sample sample = Sample.of(combined);
        return new TestSplitError(sample.mean(), Math.sqrt(sample.variance() / images), images);
    }

    /**
     * A combination as it stands for new images of the kind: its error over seeds and that of the images together.
     *
     * @param overSeeds the combination with its error over seeds, in percentage points
     */
    public Contrast onNewImages(Contrast overSeeds) {
        return ContrastEstimator.sum(overSeeds, new Contrast(0, standardError, images - 1.0));
    }

    /**
     * Binomial error of a single accuracy, in percentage points: for the foot of a table, as all cells share it.
     *
     * @param accuracy in percent, 0 to 100
     * @param images in the split, at least 1
     */
    public static double ofAccuracy(double accuracy, int images) {
        if (!(accuracy >= 0 && accuracy <= PERCENT) || images < 1) {
            throw new IllegalArgumentException("an accuracy must lie in [0, 100] percent of at least one image, got "
                    + accuracy + " of " + images);
        }
        return Math.sqrt(accuracy * (PERCENT - accuracy) / images);
    }

    /**
     * Deviation over seeds that single images make by flipping, in percentage points: the part of a case's deviation
     * that a larger split would shrink.
     *
     * @param images in the split
     * @param seeds at least two: the images that each run of a case classified correctly
     */
    public static double ofFlips(int images, List<BitSet> seeds) {
        int runs = seeds.size();
        if (runs < 2) {
            throw new IllegalArgumentException("flips need at least two seeds, got " + runs);
        }
        double variance = 0;
        for (int hits : hits(images, seeds)) {
            double share = (double) hits / runs;
            variance += share * (1 - share) * runs / (runs - 1);
        }
        return PERCENT * Math.sqrt(variance) / images;
    }

    /** How many seeds classified each image correctly. */
    private static int[] hits(int images, List<BitSet> seeds) {
        if (seeds.isEmpty() || seeds.stream().anyMatch(seed -> seed.length() > images)) {
            throw new IllegalArgumentException(
                    "a case needs at least one seed, and images within the " + images + " of the split");
        }
        int[] hits = new int[images];
        for (BitSet seed : seeds) {
            seed.stream().forEach(x -> hits[x]++);
        }
        return hits;
    }
}
