package io.maeharness.reporting;

import io.maeharness.results.claims.Decision;
import java.util.List;
import java.util.Optional;

/**
 * The claims of the paper about a table, decided by what has been measured.
 *
 * @param table identifier of the table
 * @param decisions one a claim, in their order
 * @param seeds that all measured cells of the claims have; 0 where no seed matters
 */
public record TableClaims(String table, List<Decision> decisions, int seeds) {
    /** Copies the list. */
    public TableClaims {
        decisions = List.copyOf(decisions);
    }

    /** How many there are of each verdict. */
    public String head() {
        return ClaimNotes.head(decisions, seeds);
    }

    /** What the ± of the claims is; empty where none has one. */
    public Optional<String> intervals() {
        return ClaimNotes.intervals(decisions);
    }

    /** A claim as a page shows it. */
    public record Line(String verdict, boolean primary, String text) {}

    /** One line a claim. */
    public List<Line> lines() {
        return decisions.stream()
                .map(decision -> new Line(
                        decision.verdict().words(), decision.claim().primary(), ClaimNotes.statement(decision)))
                .toList();
    }
}
