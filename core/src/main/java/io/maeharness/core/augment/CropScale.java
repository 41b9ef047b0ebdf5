package io.maeharness.core.augment;

import io.maeharness.core.image.Box;
import java.util.random.RandomGenerator;

/**
 * The distribution of random-size crops.
 *
 * @param least smallest share of the picture's area, above 0
 * @param most largest share of the picture's area, at most 1
 */
public record CropScale(double least, double most) {

    /** MAE pre-training: 20 % to all of the area. Source: paper, section A.1, table 8. */
    public static final CropScale PRETRAINING = new CropScale(0.2, 1);

    /** Linear probing and fine-tuning: 8 % to all of the area. Source: paper, section A.1, tables 9 and 10. */
    public static final CropScale INCEPTION = new CropScale(0.08, 1);

    private static final double LEAST_RATIO = 3.0 / 4;
    private static final double MOST_RATIO = 4.0 / 3;
    private static final double LOG_RATIO = StrictMath.log(MOST_RATIO);
    private static final int ATTEMPTS = 10;

    /** Checks that 0 &lt; least &lt;= most &lt;= 1. */
    public CropScale {
        if (!(least > 0 && least <= most && most <= 1)) {
            throw new IllegalArgumentException("a crop's share of the area must satisfy 0 < least <= most <= 1, got "
                    + least + " to " + most + "; the paper pre-trains with 0.2 to 1");
        }
    }

    /**
     * Draws a crop: area uniform, ratio of width to height log-uniform in [3/4, 4/3].
     *
     * <p>After ten draws that do not fit, the largest centred crop with an allowed ratio is taken.
     * Source: torchvision's RandomResizedCrop.
     */
    Box draw(int width, int height, RandomGenerator random) {
        double area = (double) width * height;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double target = area * random.nextDouble(least, most);
            double ratio = StrictMath.exp(random.nextDouble(-LOG_RATIO, LOG_RATIO));
            int w = (int) Math.rint(Math.sqrt(target * ratio));
            int h = (int) Math.rint(Math.sqrt(target / ratio));
            if (w > 0 && w <= width && h > 0 && h <= height) {
                return new Box(random.nextInt(width - w + 1), random.nextInt(height - h + 1), w, h);
            }
        }
        return centred(width, height);
    }

    private static Box centred(int width, int height) {
        double ratio = (double) width / height;
        int w = width;
        int h = height;
        if (ratio < LEAST_RATIO) {
            h = (int) Math.rint(w / LEAST_RATIO);
        } else if (ratio > MOST_RATIO) {
            w = (int) Math.rint(h * MOST_RATIO);
        }
        return new Box((width - w) / 2, (height - h) / 2, w, h);
    }
}
