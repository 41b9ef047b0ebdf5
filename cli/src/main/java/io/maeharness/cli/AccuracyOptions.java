package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.workbench.gate.AccuracyRule;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say by which rule accuracies are compared, and which drops count. */
final class AccuracyOptions {
    private static final String GATE = "gate";
    private static final String RCP = "rcp";

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            defaultValue = GATE,
            description = "gate: every cell against the others, and all together, 5 %% of false alarms in all; rcp:"
                    + " MLPerf's reference-convergence rule, cell by cell at 5 %% divided by their number"
                    + " (default: ${DEFAULT-VALUE})")
    private String rule = GATE;

    @Option(
            names = "--cell",
            paramLabel = "TABLE/CASE/METRIC",
            description = "with --rule rcp: this cell alone, at 5 %%")
    private Optional<String> cell = Optional.empty();

    @Option(
            names = "--minimum",
            paramLabel = "POINTS",
            defaultValue = "0.5",
            description = "with --rule gate: a smaller drop of one cell against the others never counts"
                    + " (default: ${DEFAULT-VALUE})")
    private double minimum;

    @Option(
            names = "--minimum-all",
            paramLabel = "POINTS",
            defaultValue = "0.2",
            description = "with --rule gate: a smaller drop of the mean over all cells never counts"
                    + " (default: ${DEFAULT-VALUE})")
    private double minimumOfAll;

    /**
     * The rule.
     *
     * @throws HarnessException of kind USAGE when the options do not fit each other
     */
    AccuracyRule rule() {
        if (!Set.of(GATE, RCP).contains(rule)) {
            throw new HarnessException(Kind.USAGE, "--rule is gate or rcp, got '" + rule + "'");
        }
        if (cell.isPresent() && !rule.equals(RCP)) {
            throw new HarnessException(
                    Kind.USAGE, "--cell belongs to --rule rcp; the gate's own rule compares a cell with the others");
        }
        return new AccuracyRule(rule.equals(RCP), cell, minimum, minimumOfAll);
    }
}
