package io.maeharness.ablations.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CellKey;
import io.maeharness.results.PaperValues;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimTally;
import io.maeharness.results.claims.Component;
import io.maeharness.results.claims.ContrastEstimate;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.Evidence;
import io.maeharness.results.claims.FamilyVerdicts;
import io.maeharness.results.claims.PaperContrasts;
import io.maeharness.results.claims.ProfileClaim;
import io.maeharness.results.claims.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileClaimsTest {
    /** The specification rounds thresholds and effects. */
    private static final double ROUNDING = 1e-4;

    private static final PaperContrasts PAPER = PaperContrasts.bundled();
    private static final List<Claim> DECLARED = claims("imagenet").declared();

    private static ProfileClaims claims(String profile) {
        return claims(ProfileLoader.load(profile));
    }

    private static ProfileClaims claims(Settings profile) {
        return new ProfileClaims(TestProfile.TABLES, profile, PAPER);
    }

    private static Claim declared(String id) {
        return DECLARED.stream()
                .filter(claim -> claim.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no table declares " + id));
    }

    private static ProfileClaim in(String profile, String table, String id) {
        return claims(profile).measurable(TestProfile.TABLES.named(table)).stream()
                .filter(claim -> claim.claim().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<Decision> paper(PaperContrasts.Deviations deviations) {
        PaperContrasts source = new PaperContrasts(PaperValues.bundled(), deviations);
        return FamilyVerdicts.decide(DECLARED.stream()
                .map(claim -> Evidence.of(ProfileClaim.whole(claim), source))
                .toList());
    }

    private static List<String> notHolding(List<Decision> decisions) {
        return decisions.stream()
                .filter(decision -> decision.verdict() != Verdict.HOLDS)
                .map(decision -> decision.claim().id() + " " + decision.verdict())
                .toList();
    }

    static Stream<ClaimSpecification> specified() {
        return ClaimSpecification.all().stream();
    }

    @ParameterizedTest
    @MethodSource("specified")
    void aClaimHasExactlyTheSpecifiedComponentsCoefficientsAndThresholds(ClaimSpecification wanted) {
        Claim claim = declared(wanted.id());
        String head = String.join(
                " ",
                claim.id(),
                claim.family(),
                claim.primary() ? "primary" : "secondary",
                claim.scale().name().toLowerCase(Locale.ROOT),
                claim.variance().name().toLowerCase(Locale.ROOT));
        assertEquals(wanted.head(), head);
        assertEquals(wanted.parts().size(), claim.components().size());
        for (int i = 0; i < wanted.parts().size(); i++) {
            assertSame(wanted.parts().get(i), claim.components().get(i));
        }
    }

    private static void assertSame(ClaimSpecification.Part wanted, Component component) {
        assertEquals(wanted.holdsAbove(), component.holdsAbove(), ROUNDING);
        assertEquals(wanted.contradictedBelow(), component.contradictedBelow(), ROUNDING);
        assertEquals(wanted.coefficients().keySet(), component.coefficients().keySet());
        wanted.coefficients()
                .forEach((cell, value) ->
                        assertEquals(value, component.coefficients().get(cell), 1e-9, cell.toString()));
    }

    @Test
    void thereAreFiftyFiveClaimsAndThirtyEightOfThemArePrimary() {
        assertEquals(
                specified().map(ClaimSpecification::id).sorted().toList(),
                DECLARED.stream().map(Claim::id).sorted().toList());
        assertEquals(55, DECLARED.size());
        assertEquals(38, DECLARED.stream().filter(Claim::primary).count());
    }

    @Test
    void everyClaimHoldsOnThePapersOwnNumbers() {
        List<Decision> decisions = paper(PaperContrasts.Deviations.USUAL);
        assertEquals(List.of(), notHolding(decisions));
        assertEquals(
                "55 claims: 55 hold, 0 contradicted, 0 not resolved, 0 not measured",
                ClaimTally.of(decisions).line());
        assertTrue(decisions.stream().allMatch(decision -> decision.detail().isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("specified")
    void theEffectsAndTheSmallestDistanceOnThePapersNumbersAreTheSpecifiedOnes(ClaimSpecification wanted) {
        Evidence evidence = Evidence.of(ProfileClaim.whole(declared(wanted.id())), PAPER);
        for (int i = 0; i < wanted.parts().size(); i++) {
            assertEquals(
                    wanted.parts().get(i).paper(),
                    evidence.parts().get(i).estimate().known().orElseThrow(),
                    ROUNDING);
        }
        Evidence.Part weakest = evidence.weakest().orElseThrow();
        String z = weakest.estimate() instanceof ContrastEstimate.Estimated estimated
                ? String.format(
                        Locale.ROOT,
                        "%.1f",
                        estimated.statistic(weakest.component().holdsAbove()))
                : "";
        assertEquals(wanted.smallestZ(), z);
    }

    @Test
    void withMoreNoiseInProbingOneSecondaryClaimOfFourTenthsOfAPointIsNotResolved() {
        assertEquals(
                List.of("table1d-norm-lin NOT_RESOLVED"),
                notHolding(paper(new PaperContrasts.Deviations(0.10, 0.20, 0.02))));
    }

    @Test
    void theProfileOfThePaperMeasuresEveryCellOfEveryClaim() {
        ProfileClaims imagenet = claims("imagenet");
        List<ProfileClaim> measurable = TestProfile.TABLES.all().stream()
                .flatMap(table -> imagenet.measurable(table).stream())
                .toList();
        assertEquals(DECLARED.stream().map(ProfileClaim::whole).toList(), measurable);
    }

    @ParameterizedTest
    @CsvSource({"imagenet, 1", "quick, 6", "cifar10, 6", "smoke, 12"})
    void oneBlockIsTheFirstMeasuredPointOfOneOwnBlockOrMore(String profile, String blocks) {
        ProfileClaim claim = in(profile, "figure9", "figure9-one-block");
        assertEquals(
                List.of(
                        new CellKey("figure9", "mae-blocks-" + blocks, "ft"),
                        new CellKey("figure9", "mae-blocks-0", "ft")),
                List.copyOf(claim.components().get(0).coefficients().keySet()));
    }

    @Test
    void aComponentWithASkippedCellIsDroppedAndTheClaimSaysSo() {
        assertEquals(
                "4 of 7 comparisons",
                in("quick", "figure9", "figure9-tuned-mae").comparisons());
        assertEquals("", in("quick", "figure9", "figure9-few-blocks").comparisons());
        assertFalse(in("smoke", "figure9", "figure9-few-blocks").isMeasurable());
    }

    @Test
    void withoutThePapersModelsTable2IsJudgedByTheProfilesOwn() {
        Component component =
                in("smoke", "table2", "table2-large-encoder").components().get(0);
        assertEquals(
                List.of("own-h-with-mask-token-depth-8", "own-h-depth-8", "own-with-mask-token-depth-8", "own-depth-8"),
                component.coefficients().keySet().stream().map(CellKey::caseKey).toList());
    }

    @Test
    void theMarginsOfAProfileMoveTheThresholds() {
        Settings other =
                Overrides.apply(ProfileLoader.load("quick"), Map.of("claims.margin", "0.5", "claims.smallest", "0.3"));
        List<Claim> table1a = claims(other).declared(TestProfile.TABLES.named("table1a"));
        assertEquals(0.3, table1a.get(0).components().get(0).contradictedBelow());
        assertEquals(-0.5, table1a.get(1).components().get(0).holdsAbove());
    }

    @ParameterizedTest
    @ValueSource(strings = {"claims.margin", "claims.smallest"})
    void noStageDependsOnAMargin(String key) {
        assertEquals(
                hashes(TestProfile.settings()), hashes(Overrides.apply(TestProfile.settings(), Map.of(key, "0.5"))));
    }

    private static List<String> hashes(Settings profile) {
        PlanRequest request = new PlanRequest(
                profile, TestProfile::images, TestProfile.request(1).precision(), List.of(0L));
        return Planner.plan(request, Selection.of(List.of("table1c"), TestProfile.TABLES, profile)).stages().stream()
                .map(PlannedStage::hash)
                .toList();
    }
}
