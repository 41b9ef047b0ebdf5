package io.maeharness.results.statistics;

import java.util.Random;

/** Draws of tables whose truth is known. */
final class Simulation {
    private Simulation() {}

    /** Cases without differences: blocks of the given deviation and errors of deviation 1. */
    static double[][] table(Random random, int cases, int blocks, double blockDeviation) {
        double[][] values = new double[cases][blocks];
        for (int s = 0; s < blocks; s++) {
            double block = blockDeviation * random.nextGaussian();
            for (int i = 0; i < cases; i++) {
                values[i][s] = block + random.nextGaussian();
            }
        }
        return values;
    }
}
