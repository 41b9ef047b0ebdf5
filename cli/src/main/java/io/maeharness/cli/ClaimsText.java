package io.maeharness.cli;

import io.maeharness.results.claims.ClaimTally;
import io.maeharness.results.claims.ContrastEstimate;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.Evidence;
import io.maeharness.results.claims.Scale;
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
                "%s %-14s %-26s %s (%s)%s%n",
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
        decision.evidence()
                .weakest()
                .ifPresent(part -> append(text, weakest(part, decision.claim().scale())));
        return text.toString();
    }

    private static void append(StringBuilder text, String remark) {
        if (!remark.isEmpty()) {
            text.append("; ").append(remark);
        }
    }

    /** The component that decides, with its standard error: {@code 0.40 ± 0.14 where more than 0.00 is claimed}. */
    private static String weakest(Evidence.Part part, Scale scale) {
        String value = inWords(part.estimate().known().orElseThrow(), scale);
        String error = part.estimate() instanceof ContrastEstimate.Estimated estimated
                ? " ± " + (scale == Scale.LOG ? percent(estimated.standardError()) : number(estimated.standardError()))
                : "";
        return value + error + " where more than " + inWords(part.component().holdsAbove(), scale) + " is claimed";
    }

    /** A difference of logarithms as the ratio that it is. */
    private static String inWords(double value, Scale scale) {
        return scale == Scale.LOG ? number(Math.exp(value)) + " times" : number(value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
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
