package io.maeharness.ablations.replay;

import io.maeharness.core.error.HarnessException;
import io.maeharness.results.ResultRow;
import java.util.List;
import java.util.Optional;

/**
 * Which published values are to be computed again.
 *
 * @param table identifier of the table
 * @param caseKey key of the case
 * @param metric key of the column; empty for all columns of the case
 * @param seed the seed; empty for the lowest that is published
 */
public record ReplayRequest(String table, String caseKey, Optional<String> metric, Optional<Long> seed) {
    private static final int WITH_METRIC = 3;

    /**
     * Reads {@code table1f/block-75} or {@code table1f/block-75/ft}.
     *
     * @throws HarnessException of kind USAGE when it is neither
     */
    public static ReplayRequest of(String selector, Optional<Long> seed) {
        List<String> parts = List.of(selector.split("/", -1));
        if (parts.size() < 2 || parts.size() > WITH_METRIC || parts.contains("")) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "replay takes TABLE/CASE or TABLE/CASE/METRIC, got '" + selector
                            + "'; for example table1f/block-75 or table1f/block-75/ft");
        }
        return new ReplayRequest(
                parts.get(0),
                parts.get(1),
                parts.size() == WITH_METRIC ? Optional.of(parts.get(2)) : Optional.empty(),
                seed);
    }

    /** Whether a row is of the case and column, whatever its seed. */
    boolean covers(ResultRow row) {
        return row.table().equals(table)
                && row.caseKey().equals(caseKey)
                && metric.filter(key -> !key.equals(row.metric())).isEmpty();
    }

    /** As on the command line, without the seed. */
    public String selector() {
        return table + "/" + caseKey + metric.map(key -> "/" + key).orElse("");
    }
}
