package io.maeharness.workbench.run;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.run.RunListener;
import io.maeharness.ablations.run.RunSummary;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What shows runs to a user. */
public interface FrontEnd {
    /** Begins to show a run. */
    View begin();

    /**
     * A run has ended, and its view is closed.
     *
     * @param results file of its values
     */
    void ended(Plan plan, RunSummary summary, Path results);

    /** Something to know between runs, on one line. */
    void say(String line);

    /** A run while it goes. Calls come from several threads. */
    interface View extends AutoCloseable {
        /**
         * Hears how the stages go.
         *
         * @param ended is told each stage that is finished, failed or skipped, when its rows are written
         */
        RunListener progress(Consumer<PlannedStage> ended);

        /** Something to know that stays. */
        void event(String line);

        /**
         * A table that is complete, or as far as the run came.
         *
         * @param markdown file that holds it
         */
        void table(Path markdown);

        @Override
        void close();
    }
}
