package io.maeharness.baselines.simmim;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.random.RandomGenerator;

/**
 * Random masks of squares that are larger than a patch. Source: arXiv 2111.09886, section 3.2.
 *
 * @param model its grid of patches is masked
 * @param recipe side of a unit and share that is masked
 */
record UnitMasks(ModelSettings model, SimmimRecipe recipe) {
    /** Units of an image. */
    static int units(ModelSettings model, SimmimRecipe recipe) {
        int side = model.imageSize() / recipe.maskUnit();
        return side * side;
    }

    /** How many of so many units are masked: rounded up. */
    static int masked(int units, double ratio) {
        return (int) Math.ceil(units * ratio);
    }

    /** Masked patches M of an image. */
    int patches() {
        int side = recipe.maskUnit() / model.patchSize();
        return masked(units(model, recipe), recipe.maskedUnits()) * side * side;
    }

    /**
     * Draws the masks of some samples.
     *
     * @return numbers of the masked patches, row-major, [N, M]
     */
    long[] draw(StageRandom random, long epoch, int[] samples) {
        long[] numbers = new long[samples.length * patches()];
        for (int n = 0; n < samples.length; n++) {
            draw(random.at(Purpose.MASK, epoch, samples[n]), numbers, n * patches());
        }
        return numbers;
    }

    private void draw(RandomGenerator random, long[] numbers, int offset) {
        int[] order = permutation(units(model, recipe), random);
        int side = recipe.maskUnit() / model.patchSize();
        int unitsASide = model.imageSize() / recipe.maskUnit();
        int at = offset;
        for (int k = 0; k < masked(order.length, recipe.maskedUnits()); k++) {
            int top = order[k] / unitsASide * side;
            int left = order[k] % unitsASide * side;
            for (int i = 0; i < side * side; i++) {
                numbers[at++] = (long) (top + i / side) * model.gridSize() + left + i % side;
            }
        }
    }

    private static int[] permutation(int count, RandomGenerator random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
