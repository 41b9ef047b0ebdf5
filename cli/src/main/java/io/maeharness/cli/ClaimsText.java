package io.maeharness.cli;

import io.maeharness.results.claims.ClaimTally;
import io.maeharness.results.claims.Component;
import io.maeharness.results.claims.ContrastEstimate;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.Evidence;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints decided claims for people. */
final class ClaimsText {
    private final PrintWriter out;

    ClaimsText(PrintWriter out) {
        this.out = out;
    }

    /** The claims of a table, below its title. */
    void table(String title, List<Decision> decisions) {
        ClaimTally primary = ClaimTally.ofPrimary(decisions);
        out.println(title + ": " + primary.all() + " primary (*): " + primary.inWords());
        decisions.forEach(this::line);
        out.println();
    }

    private void line(Decision decision) {
        String mark = decision.claim().primary() ? "*" : " ";
        out.printf(
                "%s %-12s %-26s %s (%s)%s%n",
                mark,
                decision.verdict().words(),
                decision.claim().id(),
                decision.claim().statement(),
                decision.claim().place(),
                remarks(decision));
    }

    private static String remarks(Decision decision) {
        StringBuilder text = new StringBuilder();
        append(text, decision.detail());
        append(text, decision.evidence().claim().comparisons());
        decision.evidence().weakest().ifPresent(part -> append(text, weakest(part)));
        return text.toString();
    }

    private static void append(StringBuilder text, String remark) {
        if (!remark.isEmpty()) {
            text.append("; ").append(remark);
        }
    }

    /** The component that decides, with its standard error: {@code 0.40 ± 0.14 where more than 0.00 is claimed}. */
    private static String weakest(Evidence.Part part) {
        Component component = part.component();
        String value = part.estimate() instanceof ContrastEstimate.Estimated estimated
                ? number(estimated.value()) + " ± " + number(estimated.standardError())
                : part.estimate() instanceof ContrastEstimate.Counted counted ? number(counted.value()) : "";
        return value + " where more than " + number(component.holdsAbove()) + " is claimed";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value + 0.0);
    }

    /** How many there are of each verdict; the last line is that of all. */
    void end(List<Decision> decisions) {
        ClaimTally primary = ClaimTally.ofPrimary(decisions);
        if (!decisions.isEmpty()) {
            out.println("the " + primary.all() + " primary: " + primary.inWords());
        }
        out.println(ClaimTally.of(decisions).line());
    }
}
