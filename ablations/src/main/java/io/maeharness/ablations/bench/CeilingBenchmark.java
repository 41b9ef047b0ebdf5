package io.maeharness.ablations.bench;

import io.maeharness.core.stage.Precision;
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

/** Time of square matrix products: the ceiling of one core in a precision. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CeilingBenchmark {
    /** Side of the matrices. */
    @Param("1024")
    public int side;

    /** Products of one invocation. */
    @Param("6")
    public int times;

    /** Name of the precision. */
    @Param("FP32")
    public String precision;

    private SquareProduct product;

    /** JMH fills the fields. */
    public CeilingBenchmark() {
        side = 0;
        times = 0;
        precision = "";
        product = null;
    }

    /** Draws the operands. */
    @Setup
    public void open() {
        ParentWatch.start();
        product = new SquareProduct(side, times, Precision.valueOf(precision));
    }

    /** Multiplies; returns a value that depends on the products. */
    @Benchmark
    public double multiply() {
        return product.run();
    }

    /** Releases the engine's memory. */
    @TearDown
    public void close() {
        product.close();
    }
}
