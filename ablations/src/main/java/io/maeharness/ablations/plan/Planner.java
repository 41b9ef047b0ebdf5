package io.maeharness.ablations.plan;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.Comparison;
import io.maeharness.ablations.stages.Measurement;
import io.maeharness.ablations.tables.AblationCase;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageInputs;
import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.TableLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Turns a selection into a plan.
 *
 * <p>Seeds are the outermost loop, so that every table is complete with one seed before the second begins; then tables
 * in their order and cases in theirs. A case's evaluations follow its pre-training directly: its row is finished before
 * the next pre-training starts.
 */
public final class Planner {
    /** Why an imported model leaves a cell of its row empty. */
    private static final String NOT_OF_IMPORT =
            "the imported model is of another size, and nothing is known of its pre-training";

    private final PlanRequest request;
    private final Predicate<String> measures;
    private final Map<DataSettings, ImageFacts> images = new HashMap<>();
    private final StageCollection stages = new StageCollection();
    private final List<PlannedCell> cells = new ArrayList<>();
    private final Map<PaperTable, Set<String>> imported = new HashMap<>();

    private final TokenizerNotes tokenizers = new TokenizerNotes();

    private Planner(PlanRequest request, Selection selection) {
        this.request = request;
        this.measures = selection::measures;
    }

    /**
     * Plans what measures the selected cases.
     *
     * @throws IllegalArgumentException when the profile cannot take the changes of a case, naming it
     */
    public static Plan plan(PlanRequest request, Selection selection) {
        Planner planner = new Planner(request, selection);
        request.seeds().forEach(seed -> selection
                .tables()
                .forEach((table, cases) -> cases.forEach(row -> planner.add(table, row, seed))));
        return planner.finished(selection);
    }

    /**
     * Plans pictures of validation images with their reconstructions, for each selected case and seed; tables that read no
     * images have none.
     *
     * @param count how many pictures a case
     */
    public static Plan reconstructions(PlanRequest request, Selection selection, int count) {
        Planner planner = new Planner(request, selection);
        request.seeds().forEach(seed -> selection.tables().forEach((table, cases) -> cases.stream()
                .filter(row -> table.readsImages() && isRun(row))
                .forEach(row -> {
                    CaseStages made = planner.stages(table, row, seed);
                    planner.stages.add(
                            made.reconstruct(count), name(table, row), planner.imagesOf(table, made.settings()));
                })));
        return planner.finished(selection);
    }

    private Plan finished(Selection selection) {
        return new Plan(
                stages.inOrder(),
                cells,
                selection.tables().keySet().stream().map(this::layout).toList());
    }

    /** The table's layout; the rows of an imported model say so, and those of a tokenizer what it was trained on. */
    private TableLayout layout(PaperTable table) {
        TableLayout layout = tokenizers.applied(table, table.layout(request.settings()));
        return request.imported()
                .map(model -> layout.withNote(
                        imported.getOrDefault(table, Set.of()),
                        "imported",
                        "was trained elsewhere and imported from " + model.origin()))
                .orElse(layout);
    }

    private void add(PaperTable table, AblationCase row, long seed) {
        List<Measurement> columns = row.measurements().stream()
                .filter(column -> measures.test(column.metric()))
                .toList();
        if (!isRun(row)) {
            columns.forEach(column -> cells.add(absent(table, row, column, seed)));
            return;
        }
        CaseStages made = stages(table, row, seed);
        for (Measurement column : columns) {
            if (isFilled(column, made)) {
                cells.add(cell(table, row, column, made));
                made.imported().ifPresent(model -> mark(table, row));
            } else {
                cells.add(new PlannedCell.Absent(
                        new CellKey(table.id(), row.key(), column.metric()), seed, ResultState.SKIPPED, NOT_OF_IMPORT));
            }
        }
        table.layout(request.settings()).metrics().stream()
                .filter(metric -> measures.test(metric.key()))
                .map(metric -> new CellKey(table.id(), row.key(), metric.key()))
                .filter(key -> row.measurements().stream()
                        .noneMatch(column -> column.metric().equals(key.metric())))
                .forEach(key ->
                        cells.add(new PlannedCell.Absent(key, seed, ResultState.SKIPPED, ResultRow.NO_SUCH_VALUE)));
    }

    private void mark(PaperTable table, AblationCase row) {
        imported.computeIfAbsent(table, t -> new TreeSet<>()).add(row.key());
    }

    /**
     * Whether a column gets a value: an imported model fills those of its size, and nothing is known of what its
     * pre-training cost.
     */
    private static boolean isFilled(Measurement column, CaseStages made) {
        return made.imported().isEmpty()
                || (column instanceof Measurement.OfStage measured
                        && made.imported().get().leadsTo(measured.stage().apply(made)));
    }

    private static boolean isRun(AblationCase row) {
        return row.layout().pendingReason().isEmpty() && row.skippedReason().isEmpty();
    }

    private CaseStages stages(PaperTable table, AblationCase row, long seed) {
        Settings settings;
        try {
            settings = row.appliedTo(request.settings());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "profile " + request.settings().name() + " cannot run " + name(table, row) + ": " + e.getMessage(),
                    e);
        }
        return new CaseStages(
                new StageInputs(settings, imagesOf(table, settings).identity(), seed, request.precision()),
                request.device(),
                request.imported().filter(model -> table.takesImport(row)),
                request.supplied());
    }

    private ImageFacts imagesOf(PaperTable table, Settings settings) {
        return table.readsImages()
                ? images.computeIfAbsent(settings.data(), request.images())
                : ImageFacts.unread(settings.data());
    }

    private PlannedCell cell(PaperTable table, AblationCase row, Measurement column, CaseStages made) {
        CellKey key = new CellKey(table.id(), row.key(), column.metric());
        if (column instanceof Measurement.OfStage measured) {
            Stage stage = measured.stage().apply(made);
            tokenizers.add(table, row.layout(), stage);
            String hash = stages.add(stage, name(table, row), imagesOf(table, made.settings()));
            return new PlannedCell.Measured(key, made.seed(), hash, measured.value());
        }
        if (column instanceof Measurement.OfPlan planned) {
            Stage stage = planned.stage().apply(made);
            double number = planned.value().applyAsDouble(stage, imagesOf(table, made.settings()));
            return new PlannedCell.Computed(key, made.seed(), StageHash.of(stage), number);
        }
        if (column instanceof Measurement.LeftOut left) {
            return new PlannedCell.Absent(key, made.seed(), ResultState.SKIPPED, left.reason());
        }
        Measurement.OfConfiguration computed = (Measurement.OfConfiguration) column;
        Comparison comparison = new Comparison(
                made.settings(),
                request.settings(),
                imagesOf(table, made.settings()).channels());
        return new PlannedCell.Computed(
                key,
                made.seed(),
                StageHash.of(made.pretrain()),
                computed.value().applyAsDouble(comparison));
    }

    private static PlannedCell absent(PaperTable table, AblationCase row, Measurement column, long seed) {
        CellKey key = new CellKey(table.id(), row.key(), column.metric());
        return row.skippedReason()
                .map(reason -> new PlannedCell.Absent(key, seed, ResultState.SKIPPED, reason))
                .orElseGet(() -> new PlannedCell.Absent(
                        key,
                        seed,
                        ResultState.PENDING,
                        row.layout().pendingReason().orElseThrow()));
    }

    private static String name(PaperTable table, AblationCase row) {
        return table.id() + "/" + row.key();
    }
}
