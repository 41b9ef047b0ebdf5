package io.maeharness.core.augment;

import java.util.random.RandomGenerator;

/**
 * Draws from beta distributions by way of two gamma draws.
 *
 * <p>Source: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000.
 */
final class BetaDraw {

    private BetaDraw() {}

    /** Returns a number of (0, 1) that is Beta(alpha, alpha) distributed. */
    static double symmetric(double alpha, RandomGenerator random) {
        double one = gamma(alpha, random);
        double other = gamma(alpha, random);
        return one + other > 0 ? one / (one + other) : 0.5;
    }

    /** Returns a Gamma(shape, 1) number; shapes below 1 are drawn one higher and scaled down. */
    private static double gamma(double shape, RandomGenerator random) {
        if (shape < 1) {
            double uniform = 1 - random.nextDouble();
            return gamma(shape + 1, random) * StrictMath.pow(uniform, 1 / shape);
        }
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = random.nextGaussian();
            double v = 1 + c * normal;
            double uniform = 1 - random.nextDouble();
            double cube = v * v * v;
            if (v > 0 && StrictMath.log(uniform) < normal * normal / 2 + d - d * cube + d * StrictMath.log(cube)) {
                return d * cube;
            }
        }
    }
}
