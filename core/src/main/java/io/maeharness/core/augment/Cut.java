package io.maeharness.core.augment;

import java.util.random.RandomGenerator;

/**
 * The rectangle that cutmix exchanges between two images.
 *
 * @param top first row
 * @param left first column
 * @param bottom row after the last
 * @param right column after the last
 */
record Cut(int top, int left, int bottom, int right) {

    /**
     * Draws a rectangle with a uniform centre, clipped at the border.
     *
     * @param share part of the area that should stay, before clipping
     */
    static Cut draw(double share, int size, RandomGenerator random) {
        int side = (int) (size * Math.sqrt(1 - share));
        int row = random.nextInt(size);
        int column = random.nextInt(size);
        return new Cut(
                Math.max(0, row - side / 2),
                Math.max(0, column - side / 2),
                Math.min(size, row + side / 2),
                Math.min(size, column + side / 2));
    }

    /** Returns the part of the area that stays, after clipping. */
    double share(int size) {
        return 1 - (double) ((bottom - top) * (right - left)) / (size * size);
    }

    /** Exchanges the rectangle between image i and image {@code count} - 1 - i. */
    void exchange(float[] images, int count, int channels, int size) {
        int area = size * size;
        for (int i = 0; i < count / 2; i++) {
            for (int channel = 0; channel < channels; channel++) {
                int one = (i * channels + channel) * area;
                int other = ((count - 1 - i) * channels + channel) * area;
                exchangePlane(images, one, other, size);
            }
        }
    }

    private void exchangePlane(float[] images, int one, int other, int size) {
        for (int row = top; row < bottom; row++) {
            for (int k = row * size + left; k < row * size + right; k++) {
                float moved = images[one + k];
                images[one + k] = images[other + k];
                images[other + k] = moved;
            }
        }
    }
}
