package io.maeharness.core.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.engine.HostNumbers;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.ScriptSource;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations on whole lists give the bits of the loops that they stand for. */
class OptimiserTest {
    private static final long[][] SHAPES = {{7}, {64, 33}, {1, 1, 129}, {1000}, {5, 3}};

    private final NDManager manager = Torch.open("cpu");
    private final Script lists = AdamW.script(manager, 0.9, 0.95);
    private final Script loops = Script.load(
            manager,
            List.of(new ScriptSource(OptimiserTest.class, "/io/maeharness/core/optim/loops.py")),
            "Loops",
            Map.of("training", true));

    @AfterEach
    void close() {
        lists.close();
        loops.close();
        manager.close();
    }

    private List<NDArray> arrays(int seed, double scale) {
        RandomGenerator draws = new StageRandom(seed).at(Purpose.NOISE, 0, 0);
        List<NDArray> arrays = new ArrayList<>();
        for (long[] sizes : SHAPES) {
            Shape shape = new Shape(sizes);
            float[] values = new float[(int) shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (scale * draws.nextGaussian());
            }
            arrays.add(Torch.owned(manager, values, shape));
        }
        return arrays;
    }

    @Test
    void anAverageMovesAsOneByOne() {
        List<NDArray> expected = arrays(2, 1);
        List<NDArray> moved = arrays(2, 1);
        run(loops, "average", 0.37, List.of(arrays(1, 1), expected));
        run(lists, "average", 0.37, List.of(arrays(1, 1), moved));
        assertSame(expected, moved);
        assertFalse(
                Arrays.equals(arrays(2, 1).get(0).toFloatArray(), moved.get(0).toFloatArray()));
    }

    @ParameterizedTest
    @CsvSource({"clip_each,0.5", "clip_each,30", "clip_all,0.5", "clip_all,1000"})
    void gradientsAreClippedAsOneByOne(String method, double most) {
        List<NDArray> expected = arrays(3, 1);
        List<NDArray> clipped = arrays(3, 1);
        run(loops, method, most, List.of(expected));
        run(lists, method, most, List.of(clipped));
        assertSame(expected, clipped);
    }

    private void run(Script script, String method, double number, List<List<NDArray>> arrays) {
        ScriptArguments arguments = new ScriptArguments().add(HostNumbers.of(manager, number));
        arrays.forEach(arguments::addAll);
        script.call(method, arguments);
    }

    private static void assertSame(List<NDArray> expected, List<NDArray> actual) {
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).toFloatArray(), actual.get(i).toFloatArray(), Arrays.toString(SHAPES[i]));
        }
    }
}
