package io.maeharness.core.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MixingTest {

    private static final int SIZE = 8;
    private static final int[] LABELS = {0, 1, 2, 3, 3};

    private final StageRandom random = new StageRandom(11);

    /** Image i is constant i. */
    private static float[] images() {
        float[] images = new float[LABELS.length * SIZE * SIZE];
        for (int i = 0; i < LABELS.length; i++) {
            Arrays.fill(images, i * SIZE * SIZE, (i + 1) * SIZE * SIZE, i);
        }
        return images;
    }

    private Mixing.MixedBatch mix(Mixing mixing, long step) {
        return mixing.mix(images(), LABELS, 1, SIZE, 4, random, step);
    }

    @Test
    void targetsOfEveryImageSumToOne() {
        for (int step = 0; step < 100; step++) {
            float[] targets = mix(Mixing.PAPER, step).targets();
            for (int i = 0; i < LABELS.length; i++) {
                float sum = 0;
                for (int k = 0; k < 4; k++) {
                    sum += targets[i * 4 + k];
                }
                assertEquals(1, sum, 1e-6);
            }
        }
    }

    @Test
    void smoothingAloneLeavesTheImages() {
        Mixing.MixedBatch batch = mix(Mixing.none(0.1), 0);
        assertArrayEquals(images(), batch.images());
        assertEquals(0.925f, batch.targets()[0], 1e-6);
        assertEquals(0.025f, batch.targets()[1], 1e-6);
    }

    @Test
    void mixupBlendsImagesAndTargetsByTheSameShare() {
        Mixing.MixedBatch batch = mix(new Mixing(0.8, 0, 0, 0), 3);
        float share = (float) batch.share();
        assertEquals(0 * share + 4 * (1 - share), batch.images()[0], 1e-5);
        assertEquals(4 * share, batch.images()[4 * SIZE * SIZE], 1e-5);
        assertEquals(2, batch.images()[2 * SIZE * SIZE], 1e-5);
        assertEquals(share, batch.targets()[0], 1e-6);
        assertEquals(1 - share, batch.targets()[3], 1e-6);
    }

    @Test
    void cutmixsShareIsTheAreaThatStayed() {
        for (int step = 0; step < 50; step++) {
            Mixing.MixedBatch batch = mix(new Mixing(0, 1, 1, 0), step);
            int stayed = 0;
            for (int i = 0; i < SIZE * SIZE; i++) {
                stayed += batch.images()[i] == 0 ? 1 : 0;
            }
            assertEquals(batch.share(), stayed / (double) (SIZE * SIZE), 1e-9);
            assertEquals(batch.share(), batch.targets()[0], 1e-6);
        }
    }

    @Test
    void theSameStepMixesTheSameWay() {
        assertArrayEquals(mix(Mixing.PAPER, 9).images(), mix(Mixing.PAPER, 9).images());
    }

    @Test
    void sharesOfMixupHaveTheMomentsOfTheBetaDistribution() {
        for (double alpha : new double[] {0.8, 1, 2.5}) {
            double sum = 0;
            double squares = 0;
            int count = 20_000;
            for (int i = 0; i < count; i++) {
                double share = BetaDraw.symmetric(alpha, random.at(Purpose.MIX, 0, i));
                sum += share;
                squares += (share - 0.5) * (share - 0.5);
            }
            assertEquals(0.5, sum / count, 0.012, "mean for alpha " + alpha);
            assertEquals(1 / (4 * (2 * alpha + 1)), squares / count, 0.004, "variance for alpha " + alpha);
        }
    }

    @Test
    void aShortBufferIsRefusedWithBothSizes() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Mixing.PAPER.mix(new float[10], LABELS, 1, SIZE, 4, random, 0))
                .getMessage();
        assertEquals("a batch of 5 x 1 x 8 x 8 needs 320 floats, got 10", message);
    }
}
