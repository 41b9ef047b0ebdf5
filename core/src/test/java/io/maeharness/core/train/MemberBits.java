package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Trains a method on one, two and four devices, all of them the processor, and compares bits. */
public final class MemberBits {
    private static final int SHARDS = 4;
    private static final double RATE = 1e-3;

    private MemberBits() {}

    /**
     * Demands that the bits do not depend on the number of devices, nor on whether they are fed as GPUs are, that a
     * checkpoint of two devices goes on on one, and that shards add up to the step that is not cut.
     *
     * @param open makes model and optimiser on a device
     * @param closeness by how much the loss of a step may move when it is cut, relatively; NaN where cutting it is
     *     another recipe
     */
    public static <R extends Replica> void demandEqual(Function<TrainingDevice, R> open, double closeness) {
        Run one = run(1, SHARDS, open);
        Run two = run(2, SHARDS, open);
        assertSame(one, two, "one and two devices");
        assertSame(one, run(4, SHARDS, open), "one and four devices");
        assertSame(
                one, run(2, SHARDS, device -> open.apply(device.fedAsGpu())), "one and two that are fed as GPUs are");
        assertSame(one, resumed(two, 1, open), "a checkpoint of two devices that goes on on one");
        assertSame(one, resumed(one, 2, open), "a checkpoint of one device that goes on on two");
        if (!Double.isNaN(closeness)) {
            Run whole = run(1, 1, open);
            for (int step = 0; step < whole.losses().size(); step++) {
                double loss = whole.losses().get(step);
                assertEquals(loss, one.losses().get(step), closeness * Math.abs(loss), "cut and whole step " + step);
            }
        }
    }

    /** Losses of two steps, the state between them and the state after them. */
    private record Run(List<Double> losses, Map<String, float[]> between, Map<String, float[]> after) {}

    private static <R extends Replica> Run run(int members, int shards, Function<TrainingDevice, R> open) {
        return with(members, shards, open, training -> {
            List<Double> losses = new ArrayList<>(List.of(training.step(0, RATE)));
            Map<String, float[]> between = copy(training.state());
            losses.add(training.step(1, RATE));
            return new Run(losses, between, copy(training.state()));
        });
    }

    private static <R extends Replica> Run resumed(Run run, int members, Function<TrainingDevice, R> open) {
        return with(members, SHARDS, open, training -> {
            try (NDManager manager = Torch.open("cpu")) {
                Map<String, NDArray> saved = new LinkedHashMap<>();
                training.state()
                        .forEach((name, array) ->
                                saved.put(name, manager.create(run.between().get(name), array.getShape())));
                training.restore(saved);
            }
            double loss = training.step(1, RATE);
            return new Run(List.of(run.losses().get(0), loss), run.between(), copy(training.state()));
        });
    }

    private static <R extends Replica> Run with(
            int members, int shards, Function<TrainingDevice, R> open, Function<DataParallel<R>, Run> work) {
        List<NDManager> devices = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            devices.add(Torch.open("cpu"));
        }
        try (DataParallel<R> training = DataParallel.of(devices, shards, open)) {
            return work.apply(training);
        } finally {
            devices.forEach(NDManager::close);
        }
    }

    private static Map<String, float[]> copy(Map<String, NDArray> arrays) {
        Map<String, float[]> copied = new LinkedHashMap<>();
        arrays.forEach((name, array) -> copied.put(name, array.toFloatArray()));
        return copied;
    }

    private static void assertSame(Run expected, Run actual, String what) {
        assertEquals(expected.losses(), actual.losses(), "losses of " + what);
        assertEquals(expected.after().keySet(), actual.after().keySet(), what);
        expected.after()
                .forEach((name, values) ->
                        assertArrayEquals(values, actual.after().get(name), name + ", " + what));
    }
}
