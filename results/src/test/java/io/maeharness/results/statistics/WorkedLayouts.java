package io.maeharness.results.statistics;

/** Published layouts that tests compute again. */
final class WorkedLayouts {
    /** Yield of penicillin: treatments A to D over five blends. Source: Box, Hunter and Hunter 1978, page 209. */
    static final double[][] PENICILLIN = {
        {89, 84, 81, 87, 79}, {88, 77, 87, 92, 81}, {97, 92, 87, 89, 80}, {94, 79, 85, 84, 88}
    };

    /** Soybeans that failed: check and four treatments. Source: Snedecor and Cochran, randomized blocks. */
    static final double[][] SOYBEANS = {
        {8, 10, 12, 13, 11}, {2, 6, 7, 11, 5}, {4, 10, 9, 8, 10}, {3, 5, 9, 10, 6}, {9, 7, 5, 5, 3}
    };

    private WorkedLayouts() {}

    /** Penicillin without some cells, each given as case and block. */
    static TwoWayLayout penicillinWithout(int[]... cells) {
        double[][] values = new double[PENICILLIN.length][];
        for (int i = 0; i < values.length; i++) {
            values[i] = PENICILLIN[i].clone();
        }
        for (int[] cell : cells) {
            values[cell[0]][cell[1]] = Double.NaN;
        }
        return TwoWayLayout.of(values);
    }
}
