package io.maeharness.ablations.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * How a machine's speed is measured within minutes, whatever the machine: large matrices and large batches are left to
 * those that a first timing finds fast enough.
 *
 * @param batch images of a step
 * @param stepSeconds a step is expected to take
 * @param products sides of the matrices whose products are timed, the smallest first
 */
record SpeedPlan(int batch, double stepSeconds, List<Product> products) {
    /** Rounds; the ratio is that of the median one. */
    static final int ROUNDS = 3;

    /** The longest that a step may take, seconds; a smaller batch is another measurement, so it is the last resort. */
    private static final double LONGEST_STEP = 8;

    /** The longest that an invocation of products may take, seconds. */
    private static final double LONGEST_PRODUCTS = 4;

    private static final int[] SIDES = {1024, 2048, 4096};
    private static final int MOST_TIMES = 6;
    private static final int FEWEST_IMAGES = 8;
    /** A process starts the engine, compiles the model and draws its numbers, seconds. */
    private static final double START_SECONDS = 4;

    private static final double STEP_SECONDS = 8;
    private static final double PRODUCT_SECONDS = 3;

    /** Copies the list. */
    SpeedPlan {
        products = List.copyOf(products);
    }

    /**
     * One side.
     *
     * @param times products of an invocation
     * @param seconds an invocation is expected to take
     */
    record Product(int side, int times, double seconds) {
        /** Time to warm up and to measure, seconds. */
        double measured() {
            return PRODUCT_SECONDS;
        }

        /** Time of its process, seconds: an invocation that has begun is finished. */
        double processSeconds() {
            return START_SECONDS + 1.5 * PRODUCT_SECONDS + 2 * seconds;
        }
    }

    /**
     * The plan of a machine.
     *
     * @param batch images of a step where the machine is fast enough
     * @param imageSeconds a first timing of the step, for an image
     * @param flopsPerSecond a first timing of a product
     */
    static SpeedPlan of(int batch, double imageSeconds, double flopsPerSecond) {
        int images = batch;
        while (images > FEWEST_IMAGES && images * imageSeconds > LONGEST_STEP) {
            images /= 2;
        }
        List<Product> products = new ArrayList<>();
        for (int side : SIDES) {
            double one = SquareProduct.flops(side, 1) / flopsPerSecond;
            if (products.isEmpty() || one <= LONGEST_PRODUCTS) {
                int times = (int) Math.max(1, Math.min(MOST_TIMES, LONGEST_PRODUCTS / one));
                products.add(new Product(side, times, times * one));
            }
        }
        return new SpeedPlan(images, images * imageSeconds, products);
    }

    /** Time to measure the step, seconds. */
    double stepMeasured() {
        return STEP_SECONDS;
    }

    /** Time of the process that times the step, seconds. */
    double stepProcessSeconds() {
        return START_SECONDS + 1.5 * STEP_SECONDS + 2 * stepSeconds;
    }

    /** Time of a round, seconds. */
    double roundSeconds() {
        return stepProcessSeconds()
                + products.stream().mapToDouble(Product::processSeconds).sum();
    }
}
