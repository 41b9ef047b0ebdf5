package io.maeharness.reporting;

import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimTally;
import io.maeharness.results.claims.ContrastEstimate;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decided claims in words. */
public final class ClaimNotes {
    private static final String INTERVALS =
            "±: half of the 95 % interval of the comparison that speaks least for the claim, taken alone; a"
                    + " verdict is stricter, it counts repeated looks and the other claims of its table.";

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

    /** The statement, its place, and what decides, for example {@code 0.40 ± 0.31 where more than 0.00 is claimed}. */
    public static String statement(Decision decision) {
        StringBuilder text = new StringBuilder(decision.claim().statement());
        text.append(" (").append(decision.claim().place()).append(')');
        append(text, decision.detail());
        append(text, decision.evidence().claim().comparisons());
        decision.evidence()
                .weakest()
                .ifPresent(part -> append(text, weakest(part, decision.claim().scale())));
        append(text, decision.newImages().words());
        return text.toString();
    }

    private static void append(StringBuilder text, String remark) {
        if (!remark.isEmpty()) {
            text.append("; ").append(remark);
        }
    }

    /** The component that speaks least for the claim, with its 95 % interval. */
    private static String weakest(Evidence.Part part, Claim.Scale scale) {
        String value = inWords(part.estimate().known().orElseThrow(), scale);
        String error =
                part.estimate() instanceof ContrastEstimate.Estimated estimated ? interval(estimated, scale) : "";
        return value + error + " where more than " + inWords(part.component().holdsAbove(), scale) + " is claimed";
    }

    /** The interval of a ratio has no middle, so that both of its ends are told. */
    private static String interval(ContrastEstimate.Estimated estimate, Claim.Scale scale) {
        double half = estimate.halfWidth();
        return scale == Claim.Scale.LOG
                ? " (" + number(Math.exp(estimate.value() - half)) + " to " + number(Math.exp(estimate.value() + half))
                        + ")"
                : " ± " + number(half);
    }

    /** What the ± of a claim is, to be told once where some have one; empty where none has. */
    public static Optional<String> intervals(List<Decision> decisions) {
        boolean any = decisions.stream()
                .flatMap(decision -> decision.evidence().weakest().stream())
                .anyMatch(part -> part.estimate() instanceof ContrastEstimate.Estimated);
        return any ? Optional.of(INTERVALS) : Optional.empty();
    }

    /** A difference of logarithms as the ratio that it is. */
    private static String inWords(double value, Claim.Scale scale) {
        return scale == Claim.Scale.LOG ? number(Math.exp(value)) + " times" : number(value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value + 0.0);
    }
}
