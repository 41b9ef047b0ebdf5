package io.maeharness.ablations.plan;

import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.TableLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which rows of a plan predict words, and on which images their tokenizers were trained: each such table says so. */
final class TokenizerNotes {
    /** Trained on what, by the row's label, by table. */
    private final Map<PaperTable, Map<String, String>> notes = new HashMap<>();

    /** Looks for a tokenizer among a stage and those it starts from. */
    void add(PaperTable table, CaseLayout row, Stage stage) {
        for (Optional<Stage> ancestor = Optional.of(stage);
                ancestor.isPresent();
                ancestor = ancestor.get().parent()) {
            if (ancestor.get() instanceof TokenizerStage tokenizer) {
                notes.computeIfAbsent(table, t -> new TreeMap<>())
                        .put(row.series().orElse(row.label()), tokenizer.trainedOn());
            }
        }
    }

    /** The layout with a sentence for each row, or each curve, that predicts words. */
    TableLayout applied(PaperTable table, TableLayout layout) {
        TableLayout noted = layout;
        for (Map.Entry<String, String> note :
                notes.getOrDefault(table, Map.of()).entrySet()) {
            noted = noted.saying(note.getKey() + " predicts words of a tokenizer trained on: " + note.getValue() + ".");
        }
        return noted;
    }
}
