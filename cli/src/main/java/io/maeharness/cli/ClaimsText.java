package io.maeharness.cli;

import io.maeharness.ablations.plan.PaperTables;
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

    /**
     * The claims of each table below its title; then how many there are of each verdict, in the last line of all.
     *
     * @param decisions those of all the tables
     * @param known the tables that there are
     */
    void print(List<TableClaims> tables, List<Decision> decisions, PaperTables known) {
        tables.forEach(claims -> table(known.named(claims.table()).header().title(), claims));
        end(decisions);
    }

    private void table(String title, TableClaims claims) {
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

    private void end(List<Decision> decisions) {
        ClaimTally primary = ClaimTally.ofPrimary(decisions);
        if (!decisions.isEmpty()) {
            out.println("the " + primary.all() + " primary (*): " + primary.inWords());
        }
        ClaimNotes.intervals(decisions).ifPresent(out::println);
        out.println(ClaimTally.of(decisions).line());
    }
}
