package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.StageRecord;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.results.CellKey;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Stages whose outcome other results hold, published ones or those of another run: they need not be computed again. A
 * stage is found by its hash, so by everything that determines its values.
 *
 * <p>What measures time belongs to its machine and is taken only from one with the same processor.
 *
 * @param sources where they are looked for, the first that has a stage gives it
 */
public record PublishedStages(List<Source> sources) {
    /** Nothing is published. */
    public static final PublishedStages NONE = new PublishedStages(List.of());

    /** Copies the list. */
    public PublishedStages {
        sources = List.copyOf(sources);
    }

    /**
     * Other results.
     *
     * @param name as a user knows them, for example {@code results/published/quick}
     * @param store their rows and provenance
     */
    public record Source(String name, ResultStore store) {}

    /**
     * An outcome that other results hold.
     *
     * @param source which
     * @param outcome the values, all of the stage's, or of an older publication all that the plan asks for
     */
    public record Taken(Source source, StageOutcome outcome) {}

    /** The stages of a plan that the sources hold, by hash. */
    Map<String, Taken> of(Plan plan) {
        Map<String, Taken> taken = new LinkedHashMap<>();
        if (sources.isEmpty()) {
            return taken;
        }
        Map<String, List<PlannedCell.Measured>> cells = plan.cells().stream()
                .filter(PlannedCell.Measured.class::isInstance)
                .map(PlannedCell.Measured.class::cast)
                .collect(Collectors.groupingBy(PlannedCell.Measured::stage));
        List<Contents> contents = sources.stream().map(Contents::of).toList();
        for (PlannedStage stage : plan.stages()) {
            contents.stream()
                    .flatMap(one -> one.find(stage, cells.getOrDefault(stage.hash(), List.of())).stream())
                    .findFirst()
                    .ifPresent(found -> taken.put(stage.hash(), found));
        }
        return taken;
    }

    private record Contents(Source source, Map<String, List<ResultRow>> measured) {
        static Contents of(Source source) {
            return new Contents(
                    source,
                    source.store().rows().stream()
                            .filter(row -> row.state() == ResultState.MEASURED)
                            .collect(Collectors.groupingBy(ResultRow::stage)));
        }

        Optional<Taken> find(PlannedStage stage, List<PlannedCell.Measured> cells) {
            Optional<Provenance> provenance = source.store().provenance().read(stage.hash());
            if (provenance.isEmpty()
                    || (stage.stage().exclusive()
                            && !isOfThisMachine(provenance.get().host()))) {
                return Optional.empty();
            }
            return StageRecord.of(provenance.get(), stage.stage())
                    .or(() -> StageRecord.read(
                            new OutputDirectory(source.store().directory()).outcome(stage.hash()), stage.stage()))
                    .map(StageRecord::outcome)
                    .or(() -> outcome(stage, cells))
                    .map(outcome -> new Taken(source, outcome));
        }

        private static boolean isOfThisMachine(Host host) {
            Host here = Host.current();
            return host.processor().equals(here.processor()) && host.processors() == here.processors();
        }

        /** From the rows, which have what tables print: enough where that is all that the plan asks for. */
        private Optional<StageOutcome> outcome(PlannedStage stage, List<PlannedCell.Measured> cells) {
            Map<String, Double> values = new LinkedHashMap<>();
            List<ResultRow> rows = measured.getOrDefault(stage.hash(), List.of());
            Map<CellKey, Double> printed = new LinkedHashMap<>();
            rows.forEach(row -> printed.put(row.cell(), row.value().orElseThrow()));
            cells.stream()
                    .filter(cell -> printed.containsKey(cell.key()))
                    .forEach(cell -> values.put(cell.value(), printed.get(cell.key())));
            List<String> asked = new ArrayList<>(
                    cells.stream().map(PlannedCell.Measured::value).toList());
            return !asked.isEmpty() && values.keySet().containsAll(asked)
                    ? Optional.of(new StageOutcome(values, 0, 0, 0, Map.of()))
                    : Optional.empty();
        }
    }
}
