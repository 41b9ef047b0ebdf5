package io.maeharness.workbench.gate;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.results.ProvenanceStore;
import io.maeharness.results.ResultCsv;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import io.maeharness.results.StoreFile;
import io.maeharness.results.gate.GoldenCurve;
import io.maeharness.results.gate.GoldenCurveFile;
import io.maeharness.results.gate.StepSpeed;
import io.maeharness.results.gate.StepSpeedFile;
import io.maeharness.workbench.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the gate compares with: golden curves, and rows with their provenance.
 *
 * @param directory {@code results/reference/<profile>} of the checkout, or another
 */
public record GateReference(Path directory) {
    private static final int FEWEST_SEEDS = 5;

    /** The reference of a profile, or the directory that the command line names. */
    public static GateReference of(String profile, Optional<Path> named) {
        return new GateReference(named.orElseGet(() -> Checkout.ofLauncher().reference(profile)));
    }

    /**
     * The golden curves.
     *
     * @throws HarnessException of kind USAGE when there are none
     */
    public List<GoldenCurve> curves() {
        if (!Files.exists(curvesFile())) {
            throw new HarnessException(
                    Kind.USAGE,
                    "there is no " + GoldenCurveFile.NAME + " in " + directory
                            + " to compare with; mae check --curves --update writes one, --against names another");
        }
        return GoldenCurveFile.read(curvesFile());
    }

    /** Where the golden curves lie. */
    public Path curvesFile() {
        return directory.resolve(GoldenCurveFile.NAME);
    }

    /** The speeds of all kinds of processors; none when there is no file of them. */
    List<StepSpeed> speeds() {
        return Files.exists(speedFile()) ? StepSpeedFile.read(speedFile()) : List.of();
    }

    /** Where the speeds lie. */
    public Path speedFile() {
        return directory.resolve(StepSpeedFile.NAME);
    }

    /**
     * The rows.
     *
     * @throws HarnessException of kind USAGE when there are none
     */
    public ResultStore rows() {
        return ResultStore.in(directory)
                .orElseThrow(
                        () -> new HarnessException(
                                Kind.USAGE,
                                "there is no " + ResultStore.FILE_NAME + " in " + directory
                                        + " to compare with; mae check --update writes one, --against names another directory"));
    }

    /**
     * Takes the accuracies of a run in place of those that are there, with how they came about.
     *
     * @param stages the stages that the reference is of
     * @return the number of seeds
     * @throws HarnessException of kind USAGE when there are too few seeds of a cell
     */
    int replaceRows(ResultStore measured, Set<String> stages) {
        List<ResultRow> rows = measured.rowsOf(stages).stream()
                .filter(row ->
                        row.state() == ResultState.MEASURED && !row.provenance().isEmpty())
                .toList();
        int seeds = fewestSeeds(rows);
        if (seeds < FEWEST_SEEDS) {
            throw new HarnessException(
                    Kind.USAGE,
                    "a reference needs " + FEWEST_SEEDS + " seeds of every cell, a cell of " + measured.directory()
                            + " has " + seeds + "; measure them with mae check --run --update --seeds "
                            + FEWEST_SEEDS);
        }
        StoreFile.write(directory.resolve(ResultStore.FILE_NAME), ResultCsv.print(rows));
        ProvenanceStore records = new ResultStore(directory).provenance();
        rows.stream().map(ResultRow::provenance).distinct().forEach(key -> measured.provenance()
                .read(key)
                .ifPresent(records::write));
        return seeds;
    }

    private static int fewestSeeds(List<ResultRow> rows) {
        return rows.stream().collect(Collectors.groupingBy(ResultRow::cell, Collectors.counting())).values().stream()
                .mapToInt(Long::intValue)
                .min()
                .orElse(0);
    }
}
