package io.maeharness.ablations.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.Torch;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Time of {@link #TIMES} square bf16 matrix products: the ceiling of one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CeilingBenchmark {
    /** Products of one invocation, so that casting the operands does not count. */
    static final int TIMES = 6;

    /** Side of the matrices. */
    @Param({"1024", "2048", "4096"})
    public int side;

    private NDManager manager;
    private Script script;
    private NDArray left;
    private NDArray right;

    /** JMH fills the fields. */
    public CeilingBenchmark() {
        side = 0;
    }

    /** Draws the operands. */
    @Setup
    public void open() {
        ParentWatch.start();
        manager = Torch.open("cpu");
        script = Script.load(manager, "product.py", "Product", Map.of("training", false, "times", TIMES));
        left = manager.randomNormal(0, 1, new Shape(side, side), DataType.FLOAT32);
        right = manager.randomNormal(0, 1, new Shape(side, side), DataType.FLOAT32);
    }

    /** Multiplies; returns one value of the last product. */
    @Benchmark
    public float multiply() {
        try (NDList product =
                script.call("bf16", new ScriptArguments().add(left).add(right))) {
            return product.singletonOrThrow().get(0, 0).getFloat();
        }
    }

    /** Releases the engine's memory. */
    @TearDown
    public void close() {
        script.close();
        manager.close();
    }
}
