package io.maeharness.baselines.beit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.Precision;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BeitTest {
    private static final int N = 2;
    private static final int V = 10;
    private static final int SIZE = 16;
    private static final ModelSettings MODEL = new ModelSettings(SIZE, 4, 16, 2, 2, 4, 1, 1, 2);
    private static final long[] MASKED = {0, 3, 5, 12, 1, 2, 3, 15};
    private static final int M = 4;

    private final StageRandom random = new StageRandom(11);
    private NDManager manager;
    private Beit beit;
    private Weights weights;

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
        beit = new Beit(manager, MODEL, Precision.FP32, 1);
        weights = BeitLayout.initialise(manager, BeitLayout.of(MODEL, 1, V), random, 0.05, 0.1);
    }

    @AfterEach
    void close() {
        beit.close();
        manager.close();
    }

    private float[] pixels() {
        RandomGenerator draws = random.at(Purpose.NOISE, 0, 0);
        float[] pixels = new float[N * SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) draws.nextGaussian();
        }
        return pixels;
    }

    private long[] words() {
        RandomGenerator draws = random.at(Purpose.NOISE, 0, 1);
        long[] words = new long[N * MODEL.numPatches()];
        for (int i = 0; i < words.length; i++) {
            words[i] = draws.nextInt(V);
        }
        return words;
    }

    private double loss(float[] pixels, long[] words) {
        return loss(pixels, words, Weights.zeros(manager, weights.specs()));
    }

    private double loss(float[] pixels, long[] words, Weights gradients) {
        return beit.accumulate(
                        manager.create(pixels, new Shape(N, 1, SIZE, SIZE)),
                        manager.create(MASKED, new Shape(N, M)),
                        manager.create(words, new Shape(N, MODEL.numPatches())),
                        Optional.empty(),
                        1,
                        weights,
                        gradients)
                .getFloat(0);
    }

    private static boolean masked(int image, int patch) {
        for (int i = 0; i < M; i++) {
            if (MASKED[image * M + i] == patch) {
                return true;
            }
        }
        return false;
    }

    @Test
    void onlyTheWordsOfMaskedPatchesEnterTheLoss() {
        double before = loss(pixels(), words());
        long[] others = words();
        for (int i = 0; i < others.length; i++) {
            if (!masked(i / 16, i % 16)) {
                others[i] = (others[i] + 1) % V;
            }
        }
        assertEquals(before, loss(pixels(), others), 0);
        others[(int) MASKED[0]] = (others[(int) MASKED[0]] + 1) % V;
        assertNotEquals(before, loss(pixels(), others));
    }

    @Test
    void thePixelsOfMaskedPatchesAreNotSeen() {
        double before = loss(pixels(), words());
        float[] hidden = pixels();
        hidden[0] += 5; // Patch 0 of the first image is masked.
        assertEquals(before, loss(hidden, words()), 0);
        float[] seen = pixels();
        seen[4] += 5; // Patch 1 is not.
        assertNotEquals(before, loss(seen, words()));
    }

    @Test
    void branchesScaledToZeroLeaveNothingButTheMaskToken() {
        weights.byName().forEach((name, array) -> {
            if (name.contains("gamma_")) {
                array.subi(array.duplicate());
            }
        });
        float[] logits = logits();
        for (int i = 0; i < N * M; i++) {
            assertArrayEquals(row(logits, 0), row(logits, i), 1e-6f);
        }
    }

    @Test
    void aMaskedPatchKnowsItsPlaceByTheRelativeBiasAlone() {
        float[] without = logits();
        assertArrayEquals(row(without, 0), row(without, 1), 1e-6f);
        NDArray table = weights.get("rel_pos_bias.relative_position_bias_table");
        table.addi(manager.arange((int) table.size())
                .toType(DataType.FLOAT32, true)
                .sin()
                .reshape(table.getShape()));
        float[] with = logits();
        for (int i = 1; i < N * M; i++) {
            assertTrue(!Arrays.equals(row(with, 0), row(with, i)), "masked patch " + i);
        }
    }

    private static float[] row(float[] logits, int masked) {
        return Arrays.copyOfRange(logits, masked * V, (masked + 1) * V);
    }

    private float[] logits() {
        NDArray images = manager.create(pixels(), new Shape(N, 1, SIZE, SIZE));
        NDArray found = beit.predict(images, manager.create(MASKED, new Shape(N, M)), weights);
        assertEquals(new Shape(N, M, V), found.getShape());
        return found.toFloatArray();
    }

    @Test
    void everyParameterGetsAGradient() {
        weights.get("rel_pos_bias.relative_position_bias_table").addi(0.1f);
        Weights gradients = Weights.zeros(manager, weights.specs());
        loss(pixels(), words(), gradients);
        gradients.byName().forEach((name, array) -> assertTrue(array.abs().max().getFloat() > 0, name));
    }

    @Test
    void theFirstValuesAreTruncatedAndTheBranchesScaled() {
        weights.byName().forEach((name, array) -> {
            if (name.contains("gamma_")) {
                assertArrayEquals(new float[] {0.1f, 0.1f}, Arrays.copyOf(array.toFloatArray(), 2), name);
            } else if (name.endsWith("weight") && !name.contains("norm")) {
                float most = array.abs().max().getFloat();
                assertTrue(most <= 0.05f && most > 0.025f, name + " " + most);
            }
        });
    }

    @Test
    void manyImagesAtOnceGiveTheGradientOfOneAfterTheOther() {
        Weights one = Weights.zeros(manager, weights.specs());
        double expected = loss(pixels(), words(), one);
        try (Beit wide = new Beit(manager, MODEL, Precision.FP32, 8)) {
            beit.close();
            beit = wide;
            Weights all = Weights.zeros(manager, weights.specs());
            assertEquals(expected, loss(pixels(), words(), all), 1e-6);
            for (int i = 0; i < all.arrays().size(); i++) {
                assertArrayEquals(
                        one.arrays().get(i).toFloatArray(), all.arrays().get(i).toFloatArray(), 1e-6f);
            }
            beit = new Beit(manager, MODEL, Precision.FP32, 1);
        }
    }
}
