package io.maeharness.ablations.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CellKey;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.Component;
import io.maeharness.results.claims.Outlook;
import io.maeharness.results.claims.ProfileClaim;
import io.maeharness.results.statistics.LookPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BudgetCourseTest {
    private static final Duration LONG = Duration.ofDays(365);

    /** An open claim of a family that has two seeds, with the probability that looks at 3, 5 and 20 seeds decide it. */
    private static Outlook outlook(double at3, double at5, double at20) {
        CellKey high = new CellKey("table1a", "high", "ft");
        CellKey low = new CellKey("table1a", "low", "ft");
        Component component = new Component(Map.of(high, 1.0, low, -1.0), 0, 1, false);
        Claim claim = new Claim(
                "table1a-high",
                "table1a",
                true,
                "place",
                "statement",
                List.of(component),
                Claim.Scale.POINTS,
                Claim.Variance.POOLED);
        return new Outlook(ProfileClaim.whole(claim), 2, new TreeMap<>(Map.of(3, at3, 5, at5, 20, at20)));
    }

    private static BudgetCourse.Family family(String name, int minutes, Outlook... open) {
        return new BudgetCourse.Family(name, 2, Duration.ofMinutes(minutes), List.of(open));
    }

    private static List<BudgetCourse.Block> course(Duration left, BudgetCourse.Family... families) {
        return BudgetCourse.of(List.of(families), LookPlan.STANDARD, left);
    }

    @Test
    void whatDecidesMostForItsTimeComesFirst() {
        BudgetCourse.Family dear = family("dear", 60, outlook(0.9, 0.9, 0.9));
        BudgetCourse.Family cheap = family("cheap", 10, outlook(0.4, 0.4, 0.4));
        assertEquals(
                List.of("cheap to 3 seeds", "dear to 3 seeds"),
                course(LONG, dear, cheap).stream()
                        .map(BudgetCourse.Block::inWords)
                        .toList());
    }

    @Test
    void severalOpenClaimsOfAFamilyCountTogether() {
        BudgetCourse.Family one = family("one", 10, outlook(0.5, 0.5, 0.5));
        BudgetCourse.Family three =
                family("three", 20, outlook(0.5, 0.5, 0.5), outlook(0.5, 0.5, 0.5), outlook(0.5, 0.5, 0.5));
        BudgetCourse.Block first = course(LONG, one, three).get(0);
        assertEquals("three", first.family());
        assertEquals(1.5, first.decisions(), 1e-9);
    }

    @Test
    void nothingIsBegunThatDoesNotFit() {
        BudgetCourse.Family dear = family("dear", 60, outlook(0.9, 0.9, 0.9));
        BudgetCourse.Family cheap = family("cheap", 10, outlook(0.1, 0.1, 0.1));
        assertEquals("cheap", course(Duration.ofMinutes(30), dear, cheap).get(0).family());
        assertTrue(course(Duration.ofMinutes(5), dear, cheap).isEmpty());
    }

    @Test
    void laterLooksAreForetoldWithTheCostOfTheirSeedsAndWhatTheyAdd() {
        List<BudgetCourse.Block> course = course(LONG, family("one", 10, outlook(0.2, 0.7, 0.7)));
        assertEquals(
                List.of(3, 5), course.stream().map(BudgetCourse.Block::seeds).toList());
        assertEquals(Duration.ofMinutes(20), course.get(1).cost());
        assertEquals(0.5, course.get(1).decisions(), 1e-9);
    }

    @Test
    void aClaimThatNoLookIsLikelyToDecideIsNothingToMeasureFor() {
        assertTrue(course(LONG, family("vain", 10, outlook(0.01, 0.02, 0.04))).isEmpty());
    }

    @Test
    void whatIsDoneAlreadyIsTakenAtOnce() {
        BudgetCourse.Family done = family("done", 0, outlook(0.1, 0.1, 0.1));
        BudgetCourse.Family other = family("other", 1, outlook(1, 1, 1));
        assertEquals("done", course(LONG, other, done).get(0).family());
    }
}
