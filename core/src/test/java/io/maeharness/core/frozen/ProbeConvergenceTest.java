package io.maeharness.core.frozen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ProbeConvergenceTest {
    private static final int COUNT = 600;
    private static final int WIDTH = 6;
    private static final int CLASSES = 3;

    @Test
    void theExcessIsWhatFurtherTrainingWins() {
        try (NDManager manager = Torch.open("cpu");
                Script script = Script.load(
                        manager,
                        "probe.py",
                        "Probe",
                        Map.of("training", true, "momentum", 0.9, "trust", 0.02, "weight_decay", 0.0))) {
            NDArray features = manager.create(features(), new Shape(COUNT, WIDTH));
            NDArray labels = manager.create(labels());
            Shape weight = new Shape(CLASSES, WIDTH);
            List<NDArray> head = List.of(
                    manager.ones(weight).mul(manager.create(0.01f)),
                    manager.zeros(new Shape(CLASSES)),
                    manager.zeros(new Shape(WIDTH)),
                    manager.ones(new Shape(WIDTH)));
            List<NDArray> momenta = List.of(manager.zeros(weight), manager.zeros(new Shape(CLASSES)));
            train(script, features, labels, head, momenta, 150, 0.3f);
            float[] early = excess(script, features, labels, head);
            for (float rate : new float[] {0.3f, 0.1f, 0.03f, 0.01f}) {
                train(script, features, labels, head, momenta, 600, rate);
            }
            float[] late = excess(script, features, labels, head);
            assertTrue(late[1] < 1e-4, "left at the end: " + late[1]);
            assertTrue(early[1] > 20 * late[1], "left early: " + early[1]);
            assertEquals(early[0] - late[0], early[1] - late[1], 0.25 * early[1]);
        }
    }

    @Test
    void twoPercentOfTheLossMayBeLeft() {
        assertTrue(new ProbeConvergence(0.8, 0.01).converged());
        assertFalse(new ProbeConvergence(0.8, 0.02).converged());
        assertEquals(
                Map.of("converged", "no: the training loss of 0.8000 lies 0.0200 (2.5 %) above its minimum"),
                new ProbeConvergence(0.8, 0.02).facts());
    }

    @Test
    void aHeadOfImageNetIsTooLarge() {
        assertTrue(ProbeConvergence.canTell(10, 128));
        assertFalse(ProbeConvergence.canTell(1000, 1024));
    }

    private static void train(
            Script script,
            NDArray features,
            NDArray labels,
            List<NDArray> head,
            List<NDArray> momenta,
            int steps,
            float rate) {
        NDManager manager = features.getManager();
        for (int i = 0; i < steps; i++) {
            try (NDManager scope = manager.newSubManager()) {
                script.call(
                        "train_step",
                        new ScriptArguments()
                                .add(features)
                                .add(labels)
                                .add(scope.create(rate))
                                .addMap(named(head))
                                .addMap(Map.of("weight", momenta.get(0), "bias", momenta.get(1))));
            }
        }
    }

    private static float[] excess(Script script, NDArray features, NDArray labels, List<NDArray> head) {
        return script.call(
                        "excess",
                        new ScriptArguments()
                                .addAll(List.of(features))
                                .add(labels)
                                .addMap(named(head)))
                .singletonOrThrow()
                .toFloatArray();
    }

    private static Map<String, NDArray> named(List<NDArray> head) {
        return Map.of(
                "head.weight", head.get(0),
                "head.bias", head.get(1),
                "bn.running_mean", head.get(2),
                "bn.running_var", head.get(3));
    }

    /** Three overlapping clouds. */
    private static float[] features() {
        float[] values = new float[COUNT * WIDTH];
        for (int i = 0; i < COUNT; i++) {
            RandomGenerator draws = new StageRandom(1).at(Purpose.NOISE, 0, i);
            for (int k = 0; k < WIDTH; k++) {
                values[i * WIDTH + k] = (float) (draws.nextGaussian() + (k == i % CLASSES ? 1.5 : 0));
            }
        }
        return values;
    }

    private static long[] labels() {
        long[] labels = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            labels[i] = i % CLASSES;
        }
        return labels;
    }
}
