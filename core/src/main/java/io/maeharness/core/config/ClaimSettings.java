package io.maeharness.core.config;

/**
 * By what the claims of the paper are judged; fixed before the first seed is measured.
 *
 * @param margin percentage points that two accuracies may differ by and still count as equal, above 0; the paper calls
 *     0.5 little and 1.2 worse
 * @param smallest percentage points that are an effect worth the name, above 0; where half of the paper's own effect is
 *     less, that is
 */
public record ClaimSettings(double margin, double smallest) {
    /** Checks every field. */
    public ClaimSettings {
        Check.positive("claims.margin", margin);
        Check.positive("claims.smallest", smallest);
    }
}
