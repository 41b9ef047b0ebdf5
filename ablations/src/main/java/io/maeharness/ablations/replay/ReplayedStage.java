package io.maeharness.ablations.replay;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.results.difference.OutcomeDifference;
import io.maeharness.results.difference.ProvenanceDifference;
import java.util.Optional;

/**
 * A stage that was run again, beside what is published of it.
 *
 * @param stage what was computed
 * @param comparison with what is published; empty for a stage that others start from and of which nothing is
 */
public record ReplayedStage(PlannedStage stage, Optional<Comparison> comparison) {
    /**
     * What differs from the published record.
     *
     * @param outcome in values, answers and draws
     * @param environment in code, data, machine and libraries
     * @param explained whether another processor or library, of this stage or one that it starts from, may have changed the
     *     last bits
     */
    public record Comparison(OutcomeDifference outcome, ProvenanceDifference environment, boolean explained) {
        /** What the two outcomes say of a stage whose values follow from its configuration. */
        Verdict verdict() {
            if (outcome.isIdentical()) {
                return Verdict.IDENTICAL;
            }
            return explained && outcome.hasEqualDraws() && outcome.isWithinChance()
                    ? Verdict.EXPLAINED
                    : Verdict.DIFFERENT;
        }
    }

    /** What became of a comparison; the later, the worse. */
    public enum Verdict {
        /** There was nothing to compare with, or it is a time, which is never the same twice. */
        NOT_JUDGED,
        /** Every bit is the same. */
        IDENTICAL,
        /** Bits differ by no more than chance, on another kind of processor or with other libraries. */
        EXPLAINED,
        /** Bits differ where they have to be the same, or by more than chance. */
        DIFFERENT
    }

    /** Whether the published bits were computed again. */
    public Verdict verdict() {
        return stage.stage().exclusive()
                ? Verdict.NOT_JUDGED
                : comparison.map(Comparison::verdict).orElse(Verdict.NOT_JUDGED);
    }
}
