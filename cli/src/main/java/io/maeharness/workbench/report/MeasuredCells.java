package io.maeharness.workbench.report;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import io.maeharness.results.difference.RecordedAnswers;
import io.maeharness.workbench.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The numbers that results hold of a session's very configuration, by cell and seed. */
final class MeasuredCells {
    private final Session session;
    private final List<Found> found = new ArrayList<>();
    private final Map<CellKey, Map<Long, Double>> values = new TreeMap<>();
    private final Map<CellKey, Map<Long, Found>> measured = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    /** A row and where it stands. */
    private record Found(ResultRow row, ResultStore store) {
        Optional<RecordedAnswers> answers() {
            return row.provenance().isEmpty()
                    ? Optional.empty()
                    : store.provenance()
                            .read(row.provenance())
                            .flatMap(record ->
                                    RecordedAnswers.of(record, row.value().orElseThrow()));
        }
    }

    /**
     * Cells of no table yet.
     *
     * @param published stores beside the session's own, which comes first
     */
    MeasuredCells(Session session, List<ResultStore> published) {
        this.session = session;
        take(session.output().results());
        published.forEach(this::take);
    }

    private void take(ResultStore store) {
        store.rows().forEach(row -> found.add(new Found(row, store)));
    }

    /** Takes the cells of a table; one that cannot be planned without a download has none, with the problem told. */
    void add(PaperTable table) {
        try {
            add(session.planOffline(Selection.whole(table, session.settings())));
        } catch (InvalidSettingException e) {
            problems.add(table.id() + ": " + e.getMessage());
        } catch (HarnessException e) {
            if (e.kind() != Kind.DATA && e.kind() != Kind.DATA_DAMAGED) {
                throw e;
            }
            problems.add(table.id() + ": " + e.getMessage());
        }
    }

    private void add(Plan plan) {
        Map<Place, PlannedCell> wanted = new HashMap<>();
        plan.cells().forEach(cell -> wanted.put(new Place(cell.key(), cell.seed()), cell));
        wanted.values().forEach(cell -> {
            if (cell instanceof PlannedCell.Computed computed) {
                put(computed.key(), computed.seed(), computed.number());
            }
        });
        for (Found one : found) {
            ResultRow row = one.row();
            PlannedCell cell = wanted.get(new Place(row.cell(), row.seed()));
            if (cell != null
                    && row.state() == ResultState.MEASURED
                    && row.stage().equals(cell.stage())) {
                put(row.cell(), row.seed(), row.value().orElseThrow());
                measured.computeIfAbsent(row.cell(), c -> new TreeMap<>()).putIfAbsent(row.seed(), one);
            }
        }
    }

    private void put(CellKey cell, long seed, double value) {
        values.computeIfAbsent(cell, c -> new TreeMap<>()).putIfAbsent(seed, value);
    }

    private record Place(CellKey cell, long seed) {}

    /** The numbers by cell and seed. */
    Map<CellKey, Map<Long, Double>> values() {
        return Collections.unmodifiableMap(values);
    }

    /** The answers to single images, by cell and seed, where a record holds them. */
    Map<CellKey, Map<Long, RecordedAnswers>> answers() {
        Map<CellKey, Map<Long, RecordedAnswers>> answers = new TreeMap<>();
        measured.forEach((cell, bySeed) -> bySeed.forEach(
                (seed, one) -> one.answers().ifPresent(known -> answers.computeIfAbsent(cell, c -> new TreeMap<>())
                        .put(seed, known))));
        return answers;
    }

    /** Why tables have no cells here, a line each. */
    List<String> problems() {
        return Collections.unmodifiableList(problems);
    }
}
