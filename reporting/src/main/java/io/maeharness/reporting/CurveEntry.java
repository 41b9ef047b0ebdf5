package io.maeharness.reporting;

import java.util.Objects;

/**
 * A pre-training stage whose loss curve belongs to a case of a table.
 *
 * @param table identifier of the table
 * @param caseKey key of the case
 * @param stage hash of the pre-training stage; names its curve and its provenance record
 */
public record CurveEntry(String table, String caseKey, String stage) {
    public CurveEntry {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(caseKey, "caseKey");
        Objects.requireNonNull(stage, "stage");
    }
}
