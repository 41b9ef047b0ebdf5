package io.maeharness.cli;

import io.maeharness.ablations.plan.Selection;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that leaves out columns of tables. */
final class MetricsOption {
    @Option(
            names = "--metrics",
            paramLabel = "KEY",
            split = ",",
            description = "only these columns, e.g. ft,lin,knn or vit-b; what others hold stays as it is")
    private List<String> metrics = new ArrayList<>();

    /** Whether columns are chosen. */
    boolean isGiven() {
        return !metrics.isEmpty();
    }

    /**
     * The selection with these columns only.
     *
     * @throws HarnessException of kind USAGE for a column that none of the tables has, naming the nearest
     */
    Selection applied(Selection selection) {
        try {
            return selection.onlyMetrics(metrics);
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.USAGE, "--metrics: " + e.getMessage(), e);
        }
    }
}
