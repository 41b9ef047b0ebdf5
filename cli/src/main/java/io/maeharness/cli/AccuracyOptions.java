package io.maeharness.cli;

import io.maeharness.results.ResultStore;
import io.maeharness.results.gate.AccuracyTier;
import io.maeharness.results.gate.GateFinding;
import io.maeharness.results.statistics.GateRule;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which drops of accuracy count. */
final class AccuracyOptions {
    @Option(
            names = "--minimum",
            paramLabel = "POINTS",
            defaultValue = "0.5",
            description = "a smaller drop of one cell against the others never counts (default: ${DEFAULT-VALUE})")
    private double minimum;

    @Option(
            names = "--minimum-all",
            paramLabel = "POINTS",
            defaultValue = "0.2",
            description = "a smaller drop of the mean over all cells never counts (default: ${DEFAULT-VALUE})")
    private double minimumOfAll;

    /** One finding a cell of the reference, and one over all of them. */
    List<GateFinding> compare(ResultStore measured, ResultStore reference) {
        GateRule standard = GateRule.STANDARD;
        GateRule rule = new GateRule(standard.cellLevel(), standard.globalLevel(), minimum, minimumOfAll);
        return new AccuracyTier(rule).compare(measured, reference);
    }
}
