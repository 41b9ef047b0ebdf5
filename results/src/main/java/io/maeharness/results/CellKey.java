package io.maeharness.results;

import java.util.Comparator;

/**
 * A cell of a table: what a row of the paper's table and one of its columns name.
 *
 * @param table identifier of the table or figure, for example {@code table1a}
 * @param caseKey key of the case within the table, for example {@code depth-4}
 * @param metric key of the column, for example {@code ft}
 */
public record CellKey(String table, String caseKey, String metric) implements Comparable<CellKey> {

    private static final Comparator<CellKey> ORDER =
            Comparator.comparing(CellKey::table).thenComparing(CellKey::caseKey).thenComparing(CellKey::metric);

    @Override
    public int compareTo(CellKey other) {
        return ORDER.compare(this, other);
    }

    /** The cell as the command line spells it, for example {@code table1a/depth-4 ft}. */
    @Override
    public String toString() {
        return table + "/" + caseKey + " " + metric;
    }
}
