package io.maeharness.ablations.plan;

import io.maeharness.ablations.tables.Table;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.TableLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which rows of a plan predict words, and on which images their tokenizers were trained: each says so. */
final class TokenizerNotes {
    /** What is our own about a row, by the row's key, by table. */
    private final Map<Table, Map<String, String>> notes = new HashMap<>();

    /** Looks for a tokenizer among a stage and those it starts from. */
    void add(Table table, CaseLayout row, Stage stage) {
        for (Optional<Stage> ancestor = Optional.of(stage);
                ancestor.isPresent();
                ancestor = ancestor.get().parent()) {
            ancestor.get().note().ifPresent(note -> notes.computeIfAbsent(table, t -> new HashMap<>())
                    .put(row.key(), note));
        }
    }

    /** The layout in which the rows that predict words say so. */
    TableLayout applied(Table table, TableLayout layout) {
        return layout.remarked(notes.getOrDefault(table, Map.of()));
    }
}
