package io.maeharness.core.model;

/** Fixed 2-D sine-cosine positions. Source: the paper's section A.1 and its official implementation. */
public final class SinCosPositions {
    private static final double BASE = 10_000;

    private SinCosPositions() {}

    /**
     * The table of a square grid with a row of zeros in front for the class token.
     *
     * <p>The first half of the width encodes the column of the patch, the second its row; each half is sines, then
     * cosines, of the coordinate times 10000^(-2i / (dim / 2)).
     *
     * @param dim width; a multiple of 4
     * @param grid patches along one side
     * @return [1 + grid * grid, dim] in row-major order
     */
    public static float[] table(int dim, int grid) {
        if (dim <= 0 || dim % 4 != 0) {
            throw new IllegalArgumentException("2-D sine-cosine positions need a width that 4 divides, got " + dim);
        }
        float[] table = new float[(1 + grid * grid) * dim];
        for (int row = 0; row < grid; row++) {
            for (int column = 0; column < grid; column++) {
                int at = (1 + row * grid + column) * dim;
                axis(table, at, dim / 2, column);
                axis(table, at + dim / 2, dim / 2, row);
            }
        }
        return table;
    }

    private static void axis(float[] table, int at, int width, int coordinate) {
        int half = width / 2;
        for (int i = 0; i < half; i++) {
            double angle = coordinate / Math.pow(BASE, (double) i / half);
            table[at + i] = (float) Math.sin(angle);
            table[at + half + i] = (float) Math.cos(angle);
        }
    }
}
