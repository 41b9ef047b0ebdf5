package io.maeharness.ablations.bench;

import io.maeharness.ablations.bench.WallClockStage.Variant;
import io.maeharness.core.device.DeviceMemory;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures a {@link WallClockStage} stage: the variants in turn, block after block, each in a process of its own.
 *
 * <p>The speed of a machine wanders; in turn, it wanders for all variants alike. Each time is kept in the stage's directory
 * as soon as it is there, so a stop loses one process at most. This process loads no engine.
 */
public final class WallClockMeasurement {
    private final WallClockStage stage;
    private final StageEnvironment environment;
    private final Path directory;
    private final long begun = System.nanoTime();

    /**
     * Prepares a measurement.
     *
     * @param environment its directory of the stage must exist
     */
    public WallClockMeasurement(WallClockStage stage, StageEnvironment environment) {
        this.stage = stage;
        this.environment = environment;
        this.directory = environment.directoryOf(stage);
    }

    /**
     * Measures what has not been measured yet.
     *
     * @throws StageInterruptedException after a stop was requested
     * @throws io.maeharness.core.error.HarnessException when a process fails
     */
    public StageOutcome run() {
        WallClockFork fork = new WallClockFork(
                stage, images(), environment.members().get(0), directory, environment.stopRequested());
        List<ForkTime> times = new ArrayList<>();
        long processes = (long) stage.blocks() * Variant.values().length;
        environment.progress().started(0, processes);
        for (int block = 1; block <= stage.blocks(); block++) {
            for (Variant variant : Variant.values()) {
                times.add(timed(fork, block, variant, times.size()));
                environment.progress().started(times.size(), processes);
            }
        }
        WallClockSummary summary = new WallClockSummary(stage, times);
        return new StageOutcome(
                summary.metrics(),
                summary.imagesSeen(),
                (System.nanoTime() - begun) / 1e9,
                1 / summary.imageSeconds(Variant.DEEP),
                summary.facts());
    }

    private ForkTime timed(WallClockFork fork, int block, Variant variant, int done) {
        Optional<ForkTime> kept = ForkTime.read(directory, block, variant);
        if (kept.isPresent()) {
            return kept.get();
        }
        if (environment.stopRequested().getAsBoolean()) {
            throw new StageInterruptedException(done);
        }
        tell(block, variant, fork.images());
        ForkTime time = fork.time(block, variant).orElseThrow(() -> new StageInterruptedException(done));
        time.write(directory);
        return time;
    }

    private void tell(int block, Variant variant, int images) {
        environment
                .progress()
                .phase(String.format(
                        Locale.ROOT,
                        "timing %s, block %d of %d, %d images a round",
                        variant.key(),
                        block,
                        stage.blocks(),
                        images));
    }

    /** All blocks have rounds of one size, also those that another run measures. */
    private int images() {
        for (Variant variant : Variant.values()) {
            Optional<ForkTime> first = ForkTime.read(directory, 1, variant);
            if (first.isPresent()) {
                return first.get().images();
            }
        }
        return FittingBatch.of(
                stage, DeviceMemory.freeBytes(environment.members().get(0)));
    }
}
