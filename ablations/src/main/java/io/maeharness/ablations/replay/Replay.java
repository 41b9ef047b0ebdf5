package io.maeharness.ablations.replay;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.replay.ReplayedStage.Verdict;
import io.maeharness.ablations.tables.Column;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CellKey;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import io.maeharness.results.difference.OutcomeDifference;
import io.maeharness.results.difference.ProvenanceDifference;
import io.maeharness.results.difference.RecordedOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came out when published values were computed again.
 *
 * @param cells the values
 * @param stages what was run, each after those that it starts from
 * @param misprinted rows whose value is not that of their own record
 */
public record Replay(PublishedCells cells, List<ReplayedStage> stages, List<CellKey> misprinted) {
    /** Copies the lists. */
    public Replay {
        stages = List.copyOf(stages);
        misprinted = List.copyOf(misprinted);
    }

    /**
     * Compares what was run with what is published.
     *
     * @param cells the published values
     * @param published where they and their records are
     * @param plan what was run
     * @param run where its records are
     * @param names under which name a stage yields a cell's value
     */
    public static Replay of(
            PublishedCells cells, ResultStore published, Plan plan, ResultStore run, MetricNames names) {
        List<ReplayedStage> stages = new ArrayList<>();
        Map<String, Boolean> explained = new HashMap<>();
        for (PlannedStage stage : plan.stages()) {
            Provenance now = run.provenance()
                    .read(stage.hash())
                    .orElseThrow(() -> new IllegalStateException(
                            "stage " + stage.hash() + " has not been run; compare after the run"));
            boolean inherited = stage.parent().map(explained::get).orElse(false);
            Optional<Provenance> then = published.provenance().read(stage.hash());
            boolean own = then.map(
                            record -> !ProvenanceDifference.between(record, now).demandsEqualBits())
                    .orElse(false);
            explained.put(stage.hash(), own || inherited);
            stages.add(new ReplayedStage(stage, then.flatMap(record -> recorded(record, cells, names)
                    .map(outcome -> new ReplayedStage.Comparison(
                            OutcomeDifference.between(
                                    outcome,
                                    RecordedOutcome.of(now).orElseThrow(),
                                    stage.images().evaluationImages()),
                            ProvenanceDifference.between(record, now),
                            own || inherited)))));
        }
        return new Replay(cells, stages, misprinted(cells, published, names));
    }

    /** What a record holds; of one that was written without its outcome, what the rows say. */
    private static Optional<RecordedOutcome> recorded(Provenance record, PublishedCells cells, MetricNames names) {
        return RecordedOutcome.of(record).or(() -> {
            Map<String, Double> metrics = new HashMap<>();
            cells.rows().stream()
                    .filter(row -> row.provenance().equals(record.key()))
                    .forEach(row -> names.of(row.cell())
                            .ifPresent(name -> metrics.put(name, row.value().orElseThrow())));
            return metrics.isEmpty() ? Optional.empty() : Optional.of(new RecordedOutcome(metrics, Map.of(), Map.of()));
        });
    }

    private static List<CellKey> misprinted(PublishedCells cells, ResultStore published, MetricNames names) {
        return cells.rows().stream()
                .filter(row -> !printsItsRecord(row, published, names))
                .map(ResultRow::cell)
                .toList();
    }

    private static boolean printsItsRecord(ResultRow row, ResultStore published, MetricNames names) {
        Optional<Double> recorded = published
                .provenance()
                .read(row.provenance())
                .flatMap(RecordedOutcome::of)
                .flatMap(outcome -> names.of(row.cell()).map(outcome.metrics()::get));
        return recorded.map(value -> value == row.value().orElseThrow()).orElse(true);
    }

    /** The worst of the stages; a row that is not its record's value is a difference too. */
    public Verdict verdict() {
        return misprinted.isEmpty()
                ? stages.stream()
                        .map(ReplayedStage::verdict)
                        .max(Comparator.naturalOrder())
                        .orElse(Verdict.NOT_JUDGED)
                : Verdict.DIFFERENT;
    }

    /** How many values were compared. */
    public long values() {
        return outcomes().stream().mapToLong(outcome -> outcome.values().size()).sum();
    }

    /** How many answers to single images were compared. */
    public long answers() {
        return outcomes().stream().mapToLong(OutcomeDifference::answersCompared).sum();
    }

    /** How many stages have something published to compare with. */
    public int compared() {
        return outcomes().size();
    }

    private List<OutcomeDifference> outcomes() {
        return stages.stream()
                .flatMap(stage -> stage.comparison().stream())
                .map(ReplayedStage.Comparison::outcome)
                .toList();
    }

    /**
     * Under which name a stage yields the value of a cell: {@code top1} for {@code ft}.
     *
     * @param tables the tables there are
     * @param settings a profile; names do not depend on which
     */
    public record MetricNames(PaperTables tables, Settings settings) {
        /** Name of a cell's value among its stage's metrics; empty where no table of today has the cell. */
        public Optional<String> of(CellKey cell) {
            return tables.all().stream()
                    .filter(table -> table.id().equals(cell.table()))
                    .flatMap(table -> table.table(settings).rows().stream())
                    .filter(row -> row.key().equals(cell.caseKey()))
                    .flatMap(row -> row.columns().stream())
                    .filter(column -> column.key().equals(cell.metric()))
                    .map(Column::measurement)
                    .filter(Column.OfStage.class::isInstance)
                    .map(measurement -> ((Column.OfStage) measurement).value())
                    .findFirst();
        }
    }
}
