package io.maeharness.core.model;

/**
 * Positions of one grid, interpolated to another, as for fine-tuning at a higher resolution than that of the
 * pre-training.
 *
 * <p>Bicubic with coefficient -0.75 and pixel centres at half integers, borders repeated: what the published code does.
 */
public final class PositionInterpolation {
    private static final double A = -0.75;
    private static final int TAPS = 4;

    private PositionInterpolation() {}

    /**
     * Interpolates a table; the class token's row stays.
     *
     * @param table [1 + from * from, width]
     * @param from patches along one side of the table's grid
     * @param to patches along one side of the new grid
     * @return [1 + to * to, width]
     */
    public static float[] bicubic(float[] table, int width, int from, int to) {
        if (table.length != (1 + from * from) * width) {
            throw new IllegalArgumentException("a table of " + from + " x " + from + " positions of width " + width
                    + " has " + (1 + from * from) * width + " values, got " + table.length);
        }
        float[] result = new float[(1 + to * to) * width];
        System.arraycopy(table, 0, result, 0, width);
        for (int row = 0; row < to; row++) {
            for (int column = 0; column < to; column++) {
                int at = (1 + row * to + column) * width;
                interpolate(table, width, from, source(row, from, to), source(column, from, to), result, at);
            }
        }
        return result;
    }

    private static double source(int position, int from, int to) {
        return (position + 0.5) * from / to - 0.5;
    }

    private static void interpolate(
            float[] table, int width, int from, double row, double column, float[] result, int at) {
        int top = (int) Math.floor(row) - 1;
        int left = (int) Math.floor(column) - 1;
        for (int i = 0; i < TAPS; i++) {
            for (int j = 0; j < TAPS; j++) {
                double weight = weight(row - (top + i)) * weight(column - (left + j));
                int r = Math.max(0, Math.min(from - 1, top + i));
                int c = Math.max(0, Math.min(from - 1, left + j));
                int found = (1 + r * from + c) * width;
                for (int k = 0; k < width; k++) {
                    result[at + k] += (float) (weight * table[found + k]);
                }
            }
        }
    }

    /** The cubic convolution kernel. */
    private static double weight(double distance) {
        double x = Math.abs(distance);
        if (x <= 1) {
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        }
        return x < 2 ? ((A * x - 5 * A) * x + 8 * A) * x - 4 * A : 0;
    }
}
