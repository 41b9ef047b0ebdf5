package io.maeharness.ablations.tables;

import io.maeharness.results.TableLayout;
import java.util.List;

/**
 * A table or figure in a profile.
 *
 * @param header what is the same in every profile
 * @param command command that regenerates it
 * @param columns columns in order; keys are distinct
 * @param rows rows in order; keys are distinct, and each names its columns
 */
public record Table(TableHeader header, String command, List<Column> columns, List<Row> rows) {
    /** Copies the lists and gives the table's columns to the rows that name none. */
    public Table {
        List<Column> all = List.copyOf(columns);
        columns = all;
        rows = rows.stream()
                .map(row -> row.columns().isEmpty() ? row.measuring(all) : row)
                .toList();
    }

    /** Identifier, as on the command line and in the results. */
    public String id() {
        return header.id();
    }

    /** What it looks like in a report. */
    public TableLayout layout() {
        return new TableLayout(
                header.id(),
                header.title(),
                header.caption(),
                header.source(),
                command,
                columns.stream().filter(Column::shown).map(Column::layout).toList(),
                rows.stream().map(Row::layout).toList(),
                header.plot(),
                header.axis(),
                header.rows());
    }
}
