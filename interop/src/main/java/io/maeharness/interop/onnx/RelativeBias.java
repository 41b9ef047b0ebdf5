package io.maeharness.interop.onnx;

/**
 * The relative position bias of a grid, looked up once for all images. Source: BEiT, section 2.2 of arXiv 2106.08254 and
 * its published code.
 */
final class RelativeBias {
    private static final int CLASS_TOKEN_ROWS = 3;

    private RelativeBias() {}

    /**
     * What is added to the attention scores.
     *
     * @param table [(2 * grid - 1)^2 + 3, heads]: a row for each offset of two patches, then class token to patch, patch to
     *     class token, class token to itself
     * @return [heads, T, T] with T = 1 + grid * grid, class token first
     */
    static float[] scores(float[] table, int grid, int heads) {
        int tokens = 1 + grid * grid;
        float[] scores = new float[heads * tokens * tokens];
        for (int from = 0; from < tokens; from++) {
            for (int to = 0; to < tokens; to++) {
                int row = row(from, to, grid);
                for (int head = 0; head < heads; head++) {
                    scores[(head * tokens + from) * tokens + to] = table[row * heads + head];
                }
            }
        }
        return scores;
    }

    /** Row of the table for the score of token {@code from} on token {@code to}. */
    private static int row(int from, int to, int grid) {
        int side = 2 * grid - 1;
        int rows = side * side + CLASS_TOKEN_ROWS;
        if (from == 0) {
            return to == 0 ? rows - 1 : rows - CLASS_TOKEN_ROWS;
        }
        if (to == 0) {
            return rows - 2;
        }
        int down = (from - 1) / grid - (to - 1) / grid + grid - 1;
        int across = (from - 1) % grid - (to - 1) % grid + grid - 1;
        return down * side + across;
    }
}
