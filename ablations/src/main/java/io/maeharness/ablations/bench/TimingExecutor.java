package io.maeharness.ablations.bench;

import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.WallClock;

/**
 * Measures stages of time in processes of their own, and leaves all others to another executor. It stands before that one
 * so that no engine is opened, and no memory held, in the process that only waits.
 *
 * @param others computes all other stages
 */
public record TimingExecutor(StageExecutor others) implements StageExecutor {
    @Override
    public StageOutcome execute(Stage stage, StageEnvironment environment) {
        return stage instanceof WallClock timed
                ? new WallClockMeasurement(timed, environment).run()
                : others.execute(stage, environment);
    }
}
