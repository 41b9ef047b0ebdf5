package io.maeharness.ablations.worker;

import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.results.Provenance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A stage that is finished without having been computed, because its weights come from outside. */
public final class FinishedStage {
    private static final EngineFacts NO_ENGINE = new EngineFacts("none", "none", "none");
    private static final String NO_DEVICE = "none";

    private FinishedStage() {}

    /** Whether the stage's outcome is there. */
    public static boolean exists(OutputDirectory output, Stage stage) {
        return StageRecord.read(output.outcome(StageHash.of(stage)), stage).isPresent();
    }

    /**
     * Writes the stage's files, then the outcome that makes it finished.
     *
     * @param stage yields no values
     * @param facts what is worth keeping with the provenance
     * @param code which code wrote it
     * @param weights writes the weights into the directory that it is given
     */
    public static void write(
            OutputDirectory output,
            Stage stage,
            Map<String, String> facts,
            Provenance.Code code,
            Consumer<Path> weights) {
        String hash = StageHash.of(stage);
        try (StageLock lock = StageLock.acquire(output, hash)) {
            StageClock clock = StageClock.resume(lock.directory(), output.outcome(hash));
            weights.accept(lock.directory());
            WorkOrder order = new WorkOrder(stage, output.root(), Optional.empty(), NO_DEVICE, Duration.ZERO, code);
            StageOutcome outcome = new StageOutcome(Map.of(), 0, clock.seconds(), 0, facts);
            StageProvenance.of(order, outcome, clock, NO_ENGINE).write(output.outcome(hash));
        }
    }
}
