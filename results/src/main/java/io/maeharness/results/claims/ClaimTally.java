package io.maeharness.results.claims;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many claims have which verdict.
 *
 * @param counts by verdict; those that no claim has may be absent
 */
public record ClaimTally(Map<Verdict, Integer> counts) {
    /** Counts decisions. */
    public static ClaimTally of(List<Decision> decisions) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        decisions.forEach(decision -> counts.merge(decision.verdict(), 1, Integer::sum));
        return new ClaimTally(counts);
    }

    /** Counts the primary ones among decisions. */
    public static ClaimTally ofPrimary(List<Decision> decisions) {
        return of(decisions.stream()
                .filter(decision -> decision.claim().primary())
                .toList());
    }

    /** How many there are of a verdict. */
    public int of(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    /** How many there are. */
    public int all() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** In one line: {@code 55 claims: 55 hold, 0 contradicted, 0 not resolved, 0 not measured}. */
    public String line() {
        return all() + (all() == 1 ? " claim: " : " claims: ") + inWords();
    }

    /** The numbers alone; what the profile cannot measure is named only where there is some. */
    public String inWords() {
        int beyond = of(Verdict.NOT_MEASURABLE);
        return of(Verdict.HOLDS) + " hold, " + of(Verdict.CONTRADICTED) + " contradicted, " + of(Verdict.NOT_RESOLVED)
                + " not resolved, " + of(Verdict.NOT_MEASURED) + " not measured"
                + (beyond == 0 ? "" : ", " + beyond + " " + Verdict.NOT_MEASURABLE.words() + " in this profile");
    }
}
