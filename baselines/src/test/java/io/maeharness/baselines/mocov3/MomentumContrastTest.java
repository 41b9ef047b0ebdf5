package io.maeharness.baselines.mocov3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.golden.Closeness;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.MovingAverage;
import io.maeharness.core.optim.ParameterGroups.Group;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MomentumContrastTest {
    private static final int IMAGES = 12;
    private final ContrastLayout layout = new ContrastLayout(TinyContrast.MODEL, TinyContrast.recipe(1, IMAGES), 1);
    private NDManager manager;
    private MomentumContrast contrast;
    private MomentumContrast.Views views;

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
        contrast = contrast(IMAGES);
        views = new MomentumContrast.Views(noise(1, IMAGES), noise(2, IMAGES));
    }

    @AfterEach
    void close() {
        contrast.close();
        manager.close();
    }

    private MomentumContrast contrast(int microBatch) {
        return new MomentumContrast(
                manager, TinyContrast.MODEL, TinyContrast.recipe(1, microBatch), Precision.FP32, microBatch);
    }

    private NDArray noise(int seed, int images) {
        RandomGenerator random = new StageRandom(seed).at(Purpose.NOISE, 0, 0);
        float[] values = new float[images * 32 * 32];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(images, 1, 32, 32));
    }

    private MomentumContrast.Branch branch(List<ParameterSpec> weights, List<ParameterSpec> statistics, int seed) {
        StageRandom random = new StageRandom(seed);
        return new MomentumContrast.Branch(
                Weights.initialise(manager, weights, random, Purpose.INITIALISATION),
                Weights.initialise(manager, statistics, random, Purpose.HEAD));
    }

    private MomentumContrast.Branch query() {
        return branch(layout.query(), layout.queryStatistics(), 3);
    }

    private MomentumContrast.Branch key() {
        return branch(layout.key(), layout.keyStatistics(), 4);
    }

    private Weights gradients() {
        return Weights.zeros(manager, layout.query());
    }

    @Test
    void theLossIsSymmetricInTheViews() {
        MomentumContrast.Views swapped =
                new MomentumContrast.Views(/* first= */ views.second(), /* second= */ views.first());
        double loss =
                contrast.accumulate(List.of(views), query(), key(), gradients()).loss();
        double other = contrast.accumulate(List.of(swapped), query(), key(), gradients())
                .loss();
        assertEquals(loss, other, 0);
    }

    @Test
    void theGradientIsTheSlopeOfTheLossWithTheKeysHeldStill() {
        MomentumContrast.Branch query = query();
        MomentumContrast.Branch still = new MomentumContrast.Branch(
                Weights.of(manager, layout.key(), query.weights().byName()), key().statistics());
        Weights gradients = gradients();
        contrast.accumulate(List.of(views), query, still, gradients);
        Weights direction = Weights.initialise(manager, layout.query(), new StageRandom(5), Purpose.INITIALISATION);
        double slope = 0;
        for (int i = 0; i < layout.query().size(); i++) {
            if (ContrastLayout.trained(layout.query().get(i))) {
                slope += dot(gradients.arrays().get(i), direction.arrays().get(i));
            }
        }
        double step = 3e-4;
        double measured = (moved(query, direction, step, still) - moved(query, direction, -step, still)) / (2 * step);
        assertEquals(slope, measured, 0.02 * Math.abs(slope));
    }

    /** The loss with the trained weights of the query moved along a direction. */
    private double moved(MomentumContrast.Branch query, Weights direction, double step, MomentumContrast.Branch key) {
        Weights weights = Weights.of(manager, layout.query(), query.weights().byName());
        for (int i = 0; i < layout.query().size(); i++) {
            if (ContrastLayout.trained(layout.query().get(i))) {
                weights.arrays().get(i).addi(direction.arrays().get(i).mul(step));
            }
        }
        return contrast.accumulate(
                        List.of(views), new MomentumContrast.Branch(weights, query().statistics()), key, gradients())
                .loss();
    }

    private static double dot(NDArray a, NDArray b) {
        return a.mul(b).sum().getFloat();
    }

    @Test
    void trainingOnOneBatchLetsEveryQueryFindItsKey() {
        MomentumContrast.Views alike = new MomentumContrast.Views(
                views.first(), views.first().add(views.second().mul(0.3f)));
        Weights weights = query().weights();
        MomentumContrast.Branch query = new MomentumContrast.Branch(weights, query().statistics());
        List<Group> groups = layout.query().stream()
                .map(spec -> ContrastLayout.trained(spec) ? new Group(1, 0) : Group.FROZEN)
                .toList();
        try (MovingAverage average =
                        new MovingAverage(manager, weights.first(layout.key().size()));
                AdamW adam = new AdamW(manager, new AdamSettings(0.9, 0.999, 0, 0), weights, groups)) {
            MomentumContrast.Branch key = new MomentumContrast.Branch(average.weights(), key().statistics());
            MomentumContrast.Outcome outcome = null;
            for (int step = 0; step < 80; step++) {
                average.update(0.9);
                outcome = contrast.accumulate(List.of(alike), query, key, adam.gradients());
                adam.step(step + 1, 5e-3);
            }
            assertEquals(1, outcome.found(), 0.05, outcome.toString());
        }
    }

    @Test
    void theFrozenPatchProjectionGetsNoGradient() {
        Weights gradients = gradients();
        contrast.accumulate(List.of(views), query(), key(), gradients);
        for (ParameterSpec spec : layout.query()) {
            float[] gradient = gradients.get(spec.name()).toFloatArray();
            if (ContrastLayout.trained(spec)) {
                assertNotEquals(0, dot(gradients.get(spec.name()), gradients.get(spec.name())), spec.name());
            } else {
                assertArrayEquals(new float[gradient.length], gradient, spec.name());
            }
        }
    }

    @Test
    void aBatchInPartsGivesLossGradientAndStatisticsOfTheWhole() {
        MomentumContrast.Branch query = query();
        MomentumContrast.Branch key = key();
        Weights whole = gradients();
        double loss = contrast.accumulate(List.of(views), query, key, whole).loss();
        MomentumContrast.Branch queryInParts = query();
        MomentumContrast.Branch keyInParts = key();
        Weights parts = gradients();
        try (MomentumContrast small = contrast(5)) {
            assertEquals(
                    loss,
                    small.accumulate(parts(8), queryInParts, keyInParts, parts).loss(),
                    1e-6);
        }
        for (ParameterSpec spec : layout.query()) {
            assertClose(spec, whole, parts);
        }
        layout.queryStatistics().forEach(s -> assertClose(s, query.statistics(), queryInParts.statistics()));
        layout.keyStatistics().forEach(s -> assertClose(s, key.statistics(), keyInParts.statistics()));
    }

    private List<MomentumContrast.Views> parts(int first) {
        return List.of(
                new MomentumContrast.Views(
                        views.first().get(":" + first), views.second().get(":" + first)),
                new MomentumContrast.Views(
                        views.first().get(first + ":"), views.second().get(first + ":")));
    }

    /** The final norm's bias vanishes in BatchNorm: its gradient is zero in exact arithmetic. */
    private static void assertClose(ParameterSpec spec, Weights expected, Weights actual) {
        float[] wanted = expected.get(spec.name()).toFloatArray();
        float[] got = actual.get(spec.name()).toFloatArray();
        if (spec.name().equals("norm.bias")) {
            Closeness.assertWithin(spec.name(), wanted, got, 1e-5);
        } else {
            Closeness.assertClose(spec.name(), wanted, got, 1e-4);
        }
    }
}
