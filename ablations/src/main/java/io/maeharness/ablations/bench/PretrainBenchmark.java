package io.maeharness.ablations.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Time of one optimisation step of {@link ReferenceStep}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PretrainBenchmark {
    private TrainingStep step;

    /** Builds the model; JMH calls it. */
    public PretrainBenchmark() {
        step = null;
    }

    /** Compiles the model and fills its memory. */
    @Setup
    public void open() {
        ParentWatch.start();
        step = ReferenceStep.open();
    }

    /** Forward, backward and update; returns the loss. */
    @Benchmark
    public double step() {
        return step.run();
    }

    /** Releases the engine's memory. */
    @TearDown
    public void close() {
        step.close();
    }
}
