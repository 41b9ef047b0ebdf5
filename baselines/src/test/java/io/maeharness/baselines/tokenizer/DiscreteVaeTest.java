package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscreteVaeTest {
    private static final int N = 6;
    private static final int SIZE = 16;
    private static final int GRID = 4;
    private static final int V = 12;
    private static final TokenizerRecipe RECIPE = new TokenizerRecipe(
            new Schedule(1, 0, 8, 4, 1e-2, 0, 0), new AdamSettings(0.9, 0.99, 0, 0), V, 1, 4, 16, 1, 1, 0.1, 0.01, 0.5);

    private final StageRandom random = new StageRandom(3);
    private NDManager manager;
    private DiscreteVae vae;
    private Weights weights;
    private NDArray images;
    private NDArray uniform;

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
        vae = new DiscreteVae(manager, RECIPE, RECIPE.schedule().microBatch());
        weights = Weights.initialise(manager, DiscreteVae.layout(RECIPE, 3), random, Purpose.INITIALISATION);
        images = manager.create(draws(Purpose.NOISE, N * 3 * SIZE * SIZE, -1), new Shape(N, 3, SIZE, SIZE));
        uniform = manager.create(draws(Purpose.TOKENIZER, N * V * GRID * GRID, 0), new Shape(N, V, GRID, GRID));
    }

    @AfterEach
    void close() {
        vae.close();
        manager.close();
    }

    private float[] draws(Purpose purpose, int count, double from) {
        RandomGenerator draws = random.at(purpose, 0, 0);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (from + 1e-4 + (1 - from - 2e-4) * draws.nextDouble());
        }
        return values;
    }

    private Weights gradientOf(double temperature, double weight, int from, int to) {
        Weights gradients = Weights.zeros(manager, weights.specs());
        vae.accumulate(
                images.get(from + ":" + to), uniform.get(from + ":" + to), temperature, weight, 1, weights, gradients);
        return gradients;
    }

    @Test
    void everyPlaceOfThePictureHasAWordAndThePictureItsSize() {
        NDArray logits = vae.logits(images, weights);
        assertEquals(new Shape(N, V, GRID, GRID), logits.getShape());
        NDArray words = logits.argMax(1);
        assertEquals(images.getShape(), vae.picture(words, weights).getShape());
        float[] measured = vae.measure(images, weights).toFloatArray();
        long[] expected = words.toLongArray();
        int columns = GRID * GRID + 2;
        for (int i = 0; i < expected.length; i++) {
            assertEquals((float) expected[i], measured[i / (GRID * GRID) * columns + i % (GRID * GRID)], 0);
        }
    }

    @Test
    void theMeasuredErrorIsThatOfThePictureOfTheWords() {
        NDArray difference = vae.picture(vae.logits(images, weights).argMax(1), weights)
                .sub(images)
                .square()
                .reshape(N, -1)
                .mean(new int[] {1});
        float[] expected = difference.toFloatArray();
        float[] measured = vae.measure(images, weights).toFloatArray();
        for (int n = 0; n < N; n++) {
            assertEquals(expected[n], measured[(n + 1) * (GRID * GRID + 2) - 2], 1e-5);
        }
    }

    @Test
    void theDivergenceIsZeroForUniformWordsAndLogOfTheVocabularyForCertainOnes() {
        weights.get("encoder.words.weight").subi(weights.get("encoder.words.weight"));
        assertEquals(0, loss()[2], 1e-6);
        weights.get("encoder.words.bias").set(new ai.djl.ndarray.index.NDIndex("0"), 100f);
        assertEquals(Math.log(V), loss()[2], 1e-5);
    }

    /** What is minimised, the error of a pixel and the divergence of a place. */
    private float[] loss() {
        return vae.accumulate(images, uniform, 1, 0.5, 1, weights, Weights.zeros(manager, weights.specs()))
                .toFloatArray();
    }

    /** A GPU draws itself: one Java thread would take longer for it than the GPU for the step. */
    @Test
    void drawsMadeByTheDeviceAreThoseOfJavaBitByBit() {
        GumbelDraws draws = new GumbelDraws(new StageRandom(-5), V * GRID * GRID);
        int[] samples = {3, 0, 70_000, 12, 5, 9};
        NDArray made = manager.create(draws.of(11, samples), new Shape(N, V, GRID, GRID));
        NDArray states = manager.create(draws.states(11, samples), new Shape(N));
        Weights expected = Weights.zeros(manager, weights.specs());
        Weights found = Weights.zeros(manager, weights.specs());
        assertArrayEquals(
                vae.accumulate(images, made, 0.7, 0.1, 1, weights, expected).toFloatArray(),
                vae.accumulate(images, states, 0.7, 0.1, 1, weights, found).toFloatArray());
        for (int i = 0; i < expected.arrays().size(); i++) {
            assertArrayEquals(
                    expected.arrays().get(i).toFloatArray(),
                    found.arrays().get(i).toFloatArray(),
                    expected.specs().get(i).name());
        }
    }

    @Test
    void theLossIsErrorPlusWeightedDivergence() {
        float[] loss = loss();
        assertEquals(loss[0], loss[1] + 0.5 * loss[2], 1e-6);
        assertTrue(loss[2] > 0 && loss[1] > 0);
    }

    @Test
    void theGradientOfABatchIsTheMeanOfItsParts() {
        Weights whole = gradientOf(0.7, 0.1, 0, N);
        Weights left = gradientOf(0.7, 0.1, 0, 2);
        Weights right = gradientOf(0.7, 0.1, 2, N);
        for (int i = 0; i < whole.arrays().size(); i++) {
            float[] expected = whole.arrays().get(i).toFloatArray();
            float[] a = left.arrays().get(i).toFloatArray();
            float[] b = right.arrays().get(i).toFloatArray();
            for (int k = 0; k < expected.length; k++) {
                assertEquals(
                        expected[k],
                        (2 * a[k] + 4 * b[k]) / N,
                        1e-5,
                        whole.specs().get(i).name());
            }
        }
    }

    @Test
    void theGradientAgreesWithFiniteDifferences() {
        Weights gradients = gradientOf(0.7, 0.1, 0, N);
        for (String name : new String[] {"encoder.down.0.bias", "decoder.words.bias", "decoder.up.1.bias"}) {
            NDArray parameter = weights.get(name);
            float step = 1e-2f;
            parameter.addi(step);
            double above = lossAt(0.7, 0.1);
            parameter.subi(2 * step);
            double below = lossAt(0.7, 0.1);
            parameter.addi(step);
            double expected = (above - below) / (2 * step);
            double sum = gradients.get(name).sum().getFloat();
            assertEquals(expected, sum, 2e-3 + 0.02 * Math.abs(expected), name);
        }
    }

    private double lossAt(double temperature, double weight) {
        return vae.accumulate(images, uniform, temperature, weight, 1, weights, Weights.zeros(manager, weights.specs()))
                .getFloat(0);
    }

    @Test
    void aFewStepsLowerTheErrorOfOneBatch() {
        try (AdamW adam = new AdamW(manager, RECIPE.adam(), weights, ParameterGroups.pretraining(weights.specs(), 0))) {
            double first = 0;
            double last = 0;
            for (int step = 1; step <= 60; step++) {
                last = vae.accumulate(images, uniform, 0.5, 0, 1, weights, adam.gradients())
                        .getFloat(1);
                first = step == 1 ? last : first;
                adam.step(step, 1e-2);
            }
            assertTrue(last < 0.8 * first, first + " -> " + last);
        }
    }
}
