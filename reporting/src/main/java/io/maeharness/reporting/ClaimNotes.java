package io.maeharness.reporting;

import io.maeharness.results.claims.ClaimTally;
import io.maeharness.results.claims.ContrastEstimate;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.Evidence;
import io.maeharness.results.claims.Scale;
import java.util.List;
import java.util.Locale;

/** Decided claims in words. */
public final class ClaimNotes {
    private ClaimNotes() {}

    /** How many primary claims there are of each verdict, and at how many seeds; for example at the head of a table. */
    public static String head(List<Decision> decisions, int seeds) {
        ClaimTally primary = ClaimTally.ofPrimary(decisions);
        return primary.all() + " primary: " + primary.inWords() + at(seeds);
    }

    private static String at(int seeds) {
        return switch (seeds) {
            case 0 -> "";
            case 1 -> ", at 1 seed";
            default -> ", at " + seeds + " seeds";
        };
    }

    /** The statement, its place, and what decides, for example {@code 0.40 ± 0.14 where more than 0.00 is claimed}. */
    public static String statement(Decision decision) {
        StringBuilder text = new StringBuilder(decision.claim().statement());
        text.append(" (").append(decision.claim().place()).append(')');
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

    /** The component that speaks least for the claim, with its standard error. */
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
}
