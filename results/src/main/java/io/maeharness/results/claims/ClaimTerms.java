package io.maeharness.results.claims;

/**
 * By what the thresholds of claims are set, before anything is measured.
 *
 * @param paper the paper's numbers, whose effects say how small is too small
 * @param margin points that two accuracies may differ by and still count as equal
 * @param smallest points that are an effect worth the name, whatever the paper's own
 */
public record ClaimTerms(PaperContrasts paper, double margin, double smallest) {
    /** Checks both margins. */
    public ClaimTerms {
        if (!(margin > 0) || !(smallest > 0)) {
            throw new IllegalArgumentException(
                    "margins of claims must be above 0 points, got " + margin + " and " + smallest);
        }
    }

    /** The family of a table, in whose claims cells are written without the table. */
    public ClaimFamily family(String table) {
        return family(table, table);
    }

    /**
     * A family of another name than its table's.
     *
     * @param family its name
     * @param table whose cells are written without the table
     */
    public ClaimFamily family(String family, String table) {
        return new ClaimFamily(family, table, this, Claim.Scale.POINTS, Claim.Variance.POOLED);
    }
}
