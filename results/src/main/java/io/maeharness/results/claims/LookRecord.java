package io.maeharness.results.claims;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What was seen of a claim when its family reached a look.
 *
 * @param family of the claim
 * @param claim its id
 * @param seeds of the look
 * @param basis digest of the values, thresholds and looks that it rests on
 * @param time when it was taken, in UTC
 * @param commit of the code that took it; empty where that is unknown
 * @param estimates of its components, for people
 * @param pHolds probability for holding, as in {@link Evidence}
 * @param pContradicted probability for being contradicted
 * @param pReversed probability for being reversed
 */
public record LookRecord(
        String family,
        String claim,
        int seeds,
        String basis,
        String time,
        String commit,
        String estimates,
        double pHolds,
        double pContradicted,
        double pReversed) {
    /** Checks the probabilities. */
    public LookRecord {
        for (double p : new double[] {pHolds, pContradicted, pReversed}) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException(
                        "p of claim " + claim + " at " + seeds + " seeds must lie in [0, 1], got " + p);
            }
        }
    }

    /** What is seen of a claim at a look, before it is signed with time and commit. */
    static LookRecord of(Evidence evidence, int seeds, String basis) {
        Claim claim = evidence.claim().claim();
        return new LookRecord(
                claim.family(),
                claim.id(),
                seeds,
                basis,
                "",
                "",
                estimates(evidence.parts()),
                evidence.pHolds(),
                evidence.pContradicted(),
                evidence.pReversed());
    }

    /** The same with when it was taken, and by what. */
    public LookRecord signed(String when, String by) {
        return new LookRecord(family, claim, seeds, basis, when, by, estimates, pHolds, pContradicted, pReversed);
    }

    private static String estimates(List<Evidence.Part> parts) {
        return parts.stream()
                .map(Evidence.Part::estimate)
                .map(estimate -> estimate instanceof ContrastEstimate.Estimated known
                        ? known.value() + " se " + known.standardError() + " df " + known.degreesOfFreedom()
                        : "none")
                .collect(Collectors.joining("; "));
    }
}
