package io.maeharness.ablations.bench;

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

/** Time of one step of a {@link SpeedSubject}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StepBenchmark {
    /** What is timed, as JSON. */
    @Param("")
    public String subject;

    private TimedStep step;

    /** JMH fills the fields. */
    public StepBenchmark() {
        subject = "";
        step = null;
    }

    /** Compiles the model and fills its memory. */
    @Setup
    public void open() {
        ParentWatch.start();
        step = TimedStep.open(SpeedSubject.fromJson(subject));
    }

    /** Does the step; returns a number that depends on it. */
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
