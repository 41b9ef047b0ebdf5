package io.maeharness.ablations.plan;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.tables.Column;
import io.maeharness.ablations.tables.Row;
import io.maeharness.ablations.tables.Table;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.Settings;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageInputs;
import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
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
    private final Map<String, Settings> ofRows = new HashMap<>();
    private final Plan.Gathered stages = new Plan.Gathered();
    private final List<PlannedCell> cells = new ArrayList<>();
    private final Map<Table, Set<String>> imported = new HashMap<>();

    private final TokenizerNotes tokenizers = new TokenizerNotes();

    private Planner(PlanRequest request, Selection selection) {
        this.request = request;
        this.measures = selection::measures;
    }

    /**
     * Plans what measures the selected cases.
     *
     * @throws InvalidSettingException when the profile cannot take the changes of a case, naming it
     */
    public static Plan plan(PlanRequest request, Selection selection) {
        Planner planner = new Planner(request, selection);
        request.seeds().forEach(seed -> selection
                .tables()
                .forEach((table, rows) -> rows.forEach(row -> planner.add(table, row, seed))));
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
        request.seeds().forEach(seed -> selection.tables().forEach((table, rows) -> rows.stream()
                .filter(row ->
                        table.header().readsImages() && row.skippedReason().isEmpty())
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
    private TableLayout layout(Table table) {
        TableLayout layout = tokenizers.applied(table, table.layout());
        return request.imported()
                .map(model -> layout.withNote(
                        imported.getOrDefault(table, Set.of()),
                        "imported",
                        "was trained elsewhere and imported from " + model.origin()))
                .orElse(layout);
    }

    private void add(Table table, Row row, long seed) {
        List<Column> columns = row.columns().stream()
                .filter(column -> measures.test(column.key()))
                .toList();
        if (row.skippedReason().isPresent()) {
            columns.forEach(column -> cells.add(
                    skipped(table, row, column, seed, row.skippedReason().get())));
            return;
        }
        CaseStages made = stages(table, row, seed);
        for (Column column : columns) {
            if (isFilled(column, made)) {
                cells.add(cell(table, row, column, made));
                made.imported().ifPresent(model -> mark(table, row));
            } else {
                cells.add(skipped(table, row, column, seed, NOT_OF_IMPORT));
            }
        }
        table.columns().stream()
                .filter(column -> column.shown() && measures.test(column.key()))
                .map(column -> new CellKey(table.id(), row.key(), column.key()))
                .filter(key ->
                        row.columns().stream().noneMatch(column -> column.key().equals(key.metric())))
                .forEach(key -> cells.add(new PlannedCell.Skipped(key, seed, ResultRow.NO_SUCH_VALUE)));
    }

    private void mark(Table table, Row row) {
        imported.computeIfAbsent(table, t -> new TreeSet<>()).add(row.key());
    }

    /**
     * Whether a column gets a value: an imported model fills those of its size, and nothing is known of what its
     * pre-training cost.
     */
    private static boolean isFilled(Column column, CaseStages made) {
        return made.imported().isEmpty()
                || (column.measurement() instanceof Column.OfStage measured
                        && made.imported().get().leadsTo(measured.stage().apply(made)));
    }

    private CaseStages stages(Table table, Row row, long seed) {
        Settings settings = ofRows.computeIfAbsent(name(table, row), name -> settings(name, row));
        return new CaseStages(
                new StageInputs(settings, imagesOf(table, settings).identity(), seed, request.precision()),
                request.device(),
                request.imported().filter(model -> row.takesImport()),
                request.supplied());
    }

    /** The settings of a row, the same for every seed. */
    private Settings settings(String name, Row row) {
        try {
            return row.appliedTo(request.settings());
        } catch (InvalidSettingException e) {
            throw new InvalidSettingException(
                    "profile " + request.settings().name() + " cannot run " + name + ": " + e.getMessage(), e);
        }
    }

    private ImageFacts imagesOf(Table table, Settings settings) {
        return table.header().readsImages()
                ? images.computeIfAbsent(settings.data(), request.images())
                : ImageFacts.unread(settings.data());
    }

    private PlannedCell cell(Table table, Row row, Column column, CaseStages made) {
        CellKey key = new CellKey(table.id(), row.key(), column.key());
        if (column.measurement() instanceof Column.OfStage measured) {
            if (measured.isAlwaysRight(imagesOf(table, made.settings()).classes())) {
                return skipped(table, row, column, made.seed(), ResultRow.NO_SUCH_VALUE);
            }
            Stage stage = measured.stage().apply(made);
            tokenizers.add(table, row.layout(), stage);
            String hash = stages.add(stage, name(table, row), imagesOf(table, made.settings()));
            return new PlannedCell.Measured(key, made.seed(), hash, measured.value());
        }
        if (column.measurement() instanceof Column.OfPlan<?> planned) {
            String hash = StageHash.of(planned.stage().apply(made));
            return new PlannedCell.Computed(key, made.seed(), hash, planned.of(made, imagesOf(table, made.settings())));
        }
        Column.LeftOut left = (Column.LeftOut) column.measurement();
        return skipped(table, row, column, made.seed(), left.reason());
    }

    private static PlannedCell skipped(Table table, Row row, Column column, long seed, String reason) {
        CellKey key = new CellKey(table.id(), row.key(), column.key());
        return new PlannedCell.Skipped(key, seed, reason);
    }

    private static String name(Table table, Row row) {
        return table.id() + "/" + row.key();
    }
}
