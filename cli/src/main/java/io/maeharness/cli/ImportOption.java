package io.maeharness.cli;

import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.run.Importer;
import io.maeharness.ablations.tables.Row;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.workbench.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that puts somebody's weights in place of the pre-training of the rows that take them. */
final class ImportOption {
    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "take the encoder of table3/mae and context/mae from a .pth or .safetensors file, where it is"
                    + " of their size")
    private Optional<Path> file = Optional.empty();

    /**
     * The same, for rows that are to be measured.
     *
     * @throws HarnessException of kind USAGE when the model is of another size than all of them
     */
    Session filling(Session session, List<String> selectors) {
        Session applied = applied(session, selectors);
        if (!applied.fills(applied.selection(selectors))) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--import " + file.orElseThrow() + ": the model is of another size than the rows that are selected;"
                            + " ./mae import says which rows it fills");
        }
        return applied;
    }

    /**
     * The session with the model of the file, which is imported first; the session itself without the option.
     *
     * @param selectors what is asked for
     * @throws HarnessException of kind USAGE when none of it takes an imported model
     */
    Session applied(Session session, List<String> selectors) {
        if (file.isEmpty()) {
            return session;
        }
        Selection selection = session.selection(selectors);
        boolean taken = selection.tables().entrySet().stream()
                .anyMatch(table -> table.getValue().stream().anyMatch(Row::takesImport));
        if (!taken) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--import fills " + String.join(", ", session.rowsThatTakeAnImport()) + "; select one of them");
        }
        Importer.Imported imported = session.imported(file.get());
        return session.with(imported.encoder());
    }
}
