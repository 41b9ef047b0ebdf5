package io.maeharness.cli;

import io.maeharness.reporting.ClaimNotes;
import io.maeharness.reporting.TableClaims;
import io.maeharness.results.claims.ClaimTally;
import io.maeharness.results.claims.Decision;
import java.io.PrintWriter;
import java.util.List;

/** Prints decided claims for people. */
final class ClaimsText {
    private final PrintWriter out;

    ClaimsText(PrintWriter out) {
        this.out = out;
    }

    /** The claims of a table, below its title. */
    void table(String title, TableClaims claims) {
        out.println(title + ": " + claims.head());
        claims.decisions().forEach(this::line);
        out.println();
    }

    private void line(Decision decision) {
        out.printf(
                "%s %-14s %-26s %s%n",
                decision.claim().primary() ? "*" : " ",
                decision.verdict().words(),
                decision.claim().id(),
                ClaimNotes.statement(decision));
    }

    /** How many there are of each verdict; the last line is that of all. */
    void end(List<Decision> decisions) {
        ClaimTally primary = ClaimTally.ofPrimary(decisions);
        if (!decisions.isEmpty()) {
            out.println("the " + primary.all() + " primary (*): " + primary.inWords());
        }
        ClaimNotes.intervals(decisions).ifPresent(out::println);
        out.println(ClaimTally.of(decisions).line());
    }
}
