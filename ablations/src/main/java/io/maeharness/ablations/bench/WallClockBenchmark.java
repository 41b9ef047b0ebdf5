package io.maeharness.ablations.bench;

import io.maeharness.core.stage.StageHash;
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

/** Time of a round of one variant of a {@link WallClockStage} stage; run in a process of its own by {@link WallClockFork}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WallClockBenchmark {
    /** The stage, as JSON. */
    @Param("")
    public String stage;

    /** Name of the variant. */
    @Param("DEEP")
    public String variant;

    /** Images of a round. */
    @Param("1")
    public int images;

    /** Where it is computed: {@code cpu} or {@code gpu:N}. */
    @Param("cpu")
    public String device;

    private TrainingStep step;

    /** JMH fills the fields. */
    public WallClockBenchmark() {
        stage = "";
        variant = "";
        images = 0;
        device = "";
        step = null;
    }

    /** Builds the model. The process ends with the one that started it, whatever ended that one. */
    @Setup
    public void open() {
        ParentWatch.start();
        WallClockStage timed = (WallClockStage) StageHash.fromJson(stage);
        WallClockStage.Variant chosen = WallClockStage.Variant.valueOf(variant);
        step = new TrainingStep(new TrainingStep.Work(
                timed.model(chosen),
                timed.recipe(chosen, images),
                WallClockStage.CHANNELS,
                timed.wholeStep(),
                timed.precision(),
                device,
                timed.seed()));
    }

    /** Forward, backward and, where the stage asks for it, the update; returns the loss. */
    @Benchmark
    public double round() {
        return step.run();
    }

    /** Releases the engine's memory. */
    @TearDown
    public void close() {
        step.close();
    }
}
