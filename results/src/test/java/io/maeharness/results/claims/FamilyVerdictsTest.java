package io.maeharness.results.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.results.CellKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FamilyVerdictsTest {
    private static final CellKey A = new CellKey("table1a", "a", "ft");
    private static final CellKey B = new CellKey("table1a", "b", "ft");
    private static final Component ABOVE = new Component(Map.of(A, 1.0, B, -1.0), 0, 1, false);
    private static final Component NOT_WORSE = new Component(Map.of(A, 1.0, B, -1.0), -1, -1, false);

    private static ProfileClaim claim(String id, boolean primary, Component... components) {
        return ProfileClaim.whole(new Claim(
                id,
                "table1a",
                primary,
                "here",
                "something",
                List.of(components),
                Claim.Scale.POINTS,
                Claim.Variance.POOLED));
    }

    private static Evidence evidence(String id, Component component, double value) {
        return Evidence.of(
                claim(id, true, component),
                (claim, part) -> new ContrastEstimate.Estimated(value, 1, Double.POSITIVE_INFINITY));
    }

    private static Evidence with(String id, boolean primary, double pHolds, double pContradicted) {
        return Evidence.of(
                        claim(id, primary, ABOVE),
                        (claim, part) -> new ContrastEstimate.Estimated(0, 1, Double.POSITIVE_INFINITY))
                .withProbabilities(pHolds, pContradicted, 1);
    }

    private static List<Verdict> verdicts(Evidence... evidence) {
        return FamilyVerdicts.decide(Arrays.asList(evidence)).stream()
                .map(Decision::verdict)
                .toList();
    }

    private static Decision decide(Evidence evidence) {
        return FamilyVerdicts.decide(List.of(evidence)).get(0);
    }

    @Test
    void aClearEffectHoldsAndItsOppositeIsReversed() {
        assertEquals(Verdict.HOLDS, decide(evidence("x", ABOVE, 4)).verdict());
        Decision opposite = decide(evidence("x", ABOVE, -4));
        assertEquals(Verdict.CONTRADICTED, opposite.verdict());
        assertEquals("reversed", opposite.detail());
    }

    @Test
    void anEffectThatIsSurelyTooSmallIsAbsentAndOneBetweenIsOpen() {
        assertEquals(
                "absent, smaller than what counts as an effect",
                decide(evidence("x", ABOVE, -1)).detail());
        assertEquals(Verdict.NOT_RESOLVED, decide(evidence("x", ABOVE, 0.5)).verdict());
    }

    @Test
    void whatIsWorseByMoreThanTheMarginSaysSo() {
        assertEquals(
                "worse by more than the margin",
                decide(evidence("x", NOT_WORSE, -4)).detail());
    }

    @Test
    void aConjunctionIsAsStrongAsItsWeakestPartAndContradictedAtTheCostOfTheirNumber() {
        Component other = new Component(Map.of(A, -1.0, B, 1.0), 0, 1, false);
        Evidence both = Evidence.of(
                claim("x", true, ABOVE, other),
                (claim, part) -> new ContrastEstimate.Estimated(part.equals(ABOVE) ? 3 : 1, 1, 10));
        assertEquals(new ContrastEstimate.Estimated(1, 1, 10).pAbove(0), both.pHolds(), 1e-12);
        assertEquals(1, both.pContradicted());
        assertEquals(other, both.weakest().orElseThrow().component());
    }

    /** Source: textbook example of Holm's procedure, adjusted 0.03, 0.06, 0.06, 0.02. */
    @Test
    void thePrimaryClaimsOfAFamilyAreAdjustedForOneAnother() {
        assertEquals(
                List.of(Verdict.HOLDS, Verdict.NOT_RESOLVED, Verdict.NOT_RESOLVED, Verdict.HOLDS),
                verdicts(
                        with("a", true, 0.01, 1),
                        with("b", true, 0.04, 1),
                        with("c", true, 0.03, 1),
                        with("d", true, 0.005, 1)));
    }

    @Test
    void aSecondaryClaimIsDecidedAlone() {
        assertEquals(
                List.of(Verdict.NOT_RESOLVED, Verdict.NOT_RESOLVED, Verdict.HOLDS),
                verdicts(with("a", true, 0.03, 1), with("b", true, 0.04, 1), with("c", false, 0.04, 1)));
    }

    @Test
    void aCorrectVerdictOfOneDirectionLendsItsLevelToNoOther() {
        assertEquals(
                List.of(Verdict.CONTRADICTED, Verdict.NOT_RESOLVED),
                verdicts(with("a", true, 1, 1e-6), with("b", true, 0.04, 1)));
    }

    @Test
    void aClaimThatIsNotMeasuredYetKeepsItsPlaceInTheFamily() {
        Evidence pending =
                Evidence.of(claim("b", true, ABOVE), (claim, part) -> new ContrastEstimate.Missing("b is pending"));
        assertEquals(List.of(Verdict.NOT_RESOLVED, Verdict.NOT_MEASURED), verdicts(with("a", true, 0.03, 1), pending));
    }

    @Test
    void aClaimThatTheProfileCannotMeasureHasNone() {
        Evidence beyond = Evidence.of(
                new ProfileClaim(claim("b", true, ABOVE).claim(), List.of()),
                (claim, part) -> new ContrastEstimate.WithoutError(0, "never asked"));
        assertEquals(List.of(Verdict.HOLDS, Verdict.NOT_MEASURABLE), verdicts(with("a", true, 0.03, 1), beyond));
    }

    @Test
    void aClaimThatHoldsMayBeTooSmallAsWell() {
        Decision decision = decide(with("a", true, 0.01, 0.01));
        assertEquals(Verdict.HOLDS, decision.verdict());
        assertEquals("but smaller than half of the paper's effect", decision.detail());
    }

    @Test
    void aValueWithoutAnErrorDecidesNothing() {
        Decision decision = decide(
                Evidence.of(claim("a", true, ABOVE), (claim, part) -> new ContrastEstimate.WithoutError(9, "1 seed")));
        assertEquals(Verdict.NOT_RESOLVED, decision.verdict());
        assertEquals("1 seed", decision.detail());
    }

    @Test
    void theTallyNamesWhatCannotBeMeasuredOnlyWhereThereIsSome() {
        List<Decision> decisions = IntStream.range(0, 2)
                .mapToObj(i -> decide(evidence("x-" + i, ABOVE, 4)))
                .toList();
        assertEquals(
                "2 claims: 2 hold, 0 contradicted, 0 not resolved, 0 not measured",
                ClaimTally.of(decisions).line());
    }
}
