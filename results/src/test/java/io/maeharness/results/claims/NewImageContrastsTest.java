package io.maeharness.results.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CellKey;
import io.maeharness.results.difference.RecordedAnswers;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewImageContrastsTest {
    private static final int IMAGES = 2000;
    private static final CellKey HIGH = new CellKey("table1a", "depth-8", "ft");
    private static final CellKey LOW = new CellKey("table1a", "depth-1", "ft");
    private static final Component COMPONENT = new Component(Map.of(HIGH, 1.0, LOW, -1.0), 0, 1, false);
    private static final Claim CLAIM = new Claim(
            "table1a-x",
            "table1a",
            true,
            "place",
            "statement",
            List.of(COMPONENT),
            Claim.Scale.POINTS,
            Claim.Variance.POOLED);

    private static BitSet range(int from, int to) {
        BitSet bits = new BitSet();
        bits.set(from, to);
        return bits;
    }

    /** Two runs that each alone got so many images right, of 2,000. */
    private static TestAnswers disagreeing(int firstAlone, int secondAlone) {
        return new TestAnswers(Map.of(
                HIGH, Map.of(0L, new RecordedAnswers(IMAGES, range(secondAlone, 1500 + firstAlone))),
                LOW, Map.of(0L, new RecordedAnswers(IMAGES, range(0, 1500)))));
    }

    private static List<Decision> decided(double value, double error, TestAnswers answers) {
        ContrastEstimate.Source here = (claim, component) -> new ContrastEstimate.Estimated(value, error, 20);
        ProfileClaim claim = ProfileClaim.whole(CLAIM);
        return FamilyVerdicts.decide(
                List.of(Evidence.of(claim, here)), List.of(Evidence.of(claim, new NewImageContrasts(here, answers))));
    }

    /** They disagree on 15 % of the images: 0.87 points, beside 0.5 over seeds. */
    @Test
    void theErrorOfTheImagesIsAddedToThatOfTheSeeds() {
        ContrastEstimate.Source here = (claim, component) -> new ContrastEstimate.Estimated(1, 0.5, 20);
        var both = assertInstanceOf(
                ContrastEstimate.Estimated.class,
                new NewImageContrasts(here, disagreeing(150, 150)).estimate(CLAIM, COMPONENT));
        assertEquals(1, both.value());
        assertEquals(Math.hypot(0.5, 0.866), both.standardError(), 1e-3);
        assertTrue(both.degreesOfFreedom() > 20);
    }

    @Test
    void aVerdictFarBeyondBothErrorsStandsOnNewImages() {
        assertEquals(
                Decision.NewImages.TOO,
                decided(5, 0.5, disagreeing(150, 150)).get(0).newImages());
    }

    @Test
    void aVerdictThatTheImagesMayHaveMadeStaysAndIsMarked() {
        Decision decision = decided(1.2, 0.2, disagreeing(150, 150)).get(0);
        assertEquals(Verdict.HOLDS, decision.verdict());
        assertEquals(Decision.NewImages.OPEN, decision.newImages());
    }

    @Test
    void withoutVerdictThereIsNoMark() {
        assertEquals(
                Decision.NewImages.UNKNOWN,
                decided(0.5, 0.5, disagreeing(1, 1)).get(0).newImages());
    }

    @Test
    void withoutTheAnswersOfACellThereIsNoMark() {
        TestAnswers half = new TestAnswers(Map.of(HIGH, Map.of(0L, new RecordedAnswers(IMAGES, range(0, 5)))));
        Decision decision = decided(5, 0.5, half).get(0);
        assertEquals(Verdict.HOLDS, decision.verdict());
        assertEquals(Decision.NewImages.UNKNOWN, decision.newImages());
    }
}
