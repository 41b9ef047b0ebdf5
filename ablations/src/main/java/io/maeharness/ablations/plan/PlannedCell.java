package io.maeharness.ablations.plan;

import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;

/** A cell of a table for one seed, and where its value is to come from. */
public sealed interface PlannedCell {
    /** The cell. */
    CellKey key();

    /** The seed. */
    long seed();

    /** Hash of the stage that the value comes from; empty for a cell that gets no number. */
    String stage();

    /**
     * A cell that a stage measures.
     *
     * @param key the cell
     * @param seed the seed
     * @param stage hash of the stage
     * @param value name of the value among the stage's metrics
     */
    record Measured(CellKey key, long seed, String stage, String value) implements PlannedCell {}

    /**
     * A cell that follows from the configuration.
     *
     * @param key the cell
     * @param seed the seed
     * @param stage hash of the pre-training it describes
     * @param number its value
     */
    record Computed(CellKey key, long seed, String stage, double number) implements PlannedCell {
        /** The row with the value; it has no provenance, as nothing is measured. */
        public ResultRow row() {
            return ResultRow.measured(key.table(), key.caseKey(), key.metric(), seed, number, stage, "");
        }
    }

    /**
     * A cell that gets no number: its row has no such value, or the profile leaves it out.
     *
     * @param key the cell
     * @param seed the seed
     * @param reason why, on one line
     */
    record Skipped(CellKey key, long seed, String reason) implements PlannedCell {
        @Override
        public String stage() {
            return "";
        }
    }
}
