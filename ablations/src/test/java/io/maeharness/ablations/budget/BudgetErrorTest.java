package io.maeharness.ablations.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CellKey;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.Component;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.FamilyVerdicts;
import io.maeharness.results.claims.MeasuredTables;
import io.maeharness.results.claims.Outlook;
import io.maeharness.results.claims.Outlooks;
import io.maeharness.results.claims.ProfileClaim;
import io.maeharness.results.claims.RepeatedLooks;
import io.maeharness.results.claims.Verdict;
import io.maeharness.results.statistics.LookPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A budget that measures where verdicts look near makes none of them easier to come by. */
class BudgetErrorTest {
    private static final List<String> TABLES = List.of("table1a", "table1b", "table1e");
    private static final int ROWS = 6;
    private static final int CLAIMS = 3;
    private static final double NOISE = 0.7;
    private static final Duration TIME = Duration.ofHours(30);
    private static final Duration A_SEED = Duration.ofHours(1);

    private final Random random = new Random(11);

    private static CellKey cell(String table, int row) {
        return new CellKey(table, "row-" + row, "ft");
    }

    /** Row 1, 2 or 3 above row 0. */
    private static ProfileClaim claim(String table, int row) {
        Component component = new Component(Map.of(cell(table, row), 1.0, cell(table, 0), -1.0), 0, 1, false);
        return ProfileClaim.whole(new Claim(
                table + "-" + row,
                table,
                true,
                "place",
                "statement",
                List.of(component),
                Claim.Scale.POINTS,
                Claim.Variance.POOLED));
    }

    private static List<ProfileClaim> claims() {
        return TABLES.stream()
                .flatMap(table -> IntStream.rangeClosed(1, CLAIMS).mapToObj(row -> claim(table, row)))
                .toList();
    }

    /** A harness in which rows above 0 lie an effect above row 0, and a budget is spent. */
    private final class World {
        private final double effect;
        private final Map<CellKey, Map<Long, Double>> values = new TreeMap<>();
        private final Map<String, Integer> seeds = new HashMap<>();
        private final Set<String> everHeld = new HashSet<>();
        private final Set<String> everContradicted = new HashSet<>();

        World(double effect) {
            this.effect = effect;
            TABLES.forEach(table -> measure(table, 1));
        }

        void measure(String table, int upTo) {
            for (long seed = seeds.getOrDefault(table, 0); seed < upTo; seed++) {
                double block = random.nextGaussian();
                for (int row = 0; row < ROWS; row++) {
                    values.computeIfAbsent(cell(table, row), c -> new TreeMap<>())
                            .put(seed, 70 + block + NOISE * random.nextGaussian() + (row == 0 ? 0 : effect));
                }
            }
            seeds.put(table, upTo);
        }

        /** Blocks as they are chosen, to the end of the time; every verdict that is ever shown is kept. */
        void spend() {
            Duration left = TIME;
            List<BudgetCourse.Block> course = course(left);
            while (!course.isEmpty()) {
                BudgetCourse.Block block = course.get(0);
                measure(block.family(), block.seeds());
                left = left.minus(block.cost());
                course = course(left);
            }
        }

        private List<BudgetCourse.Block> course(Duration left) {
            MeasuredTables tables = new MeasuredTables(values, cell -> "");
            List<Decision> decisions = FamilyVerdicts.decide(new RepeatedLooks(tables, LookPlan.STANDARD).of(claims()));
            decisions.forEach(this::keep);
            List<Outlook> open = new Outlooks(tables, LookPlan.STANDARD, 1).of(decisions);
            List<BudgetCourse.Family> courses = new ArrayList<>();
            for (String table : TABLES) {
                int now = seeds.get(table);
                Duration cost = A_SEED.multipliedBy(LookPlan.STANDARD.next(now).orElse(now) - now);
                List<Outlook> own = open.stream()
                        .filter(outlook -> outlook.claim().claim().family().equals(table))
                        .toList();
                courses.add(new BudgetCourse.Family(table, now, cost, own));
            }
            return BudgetCourse.of(courses, LookPlan.STANDARD, left);
        }

        private void keep(Decision decision) {
            if (decision.verdict() == Verdict.HOLDS) {
                everHeld.add(decision.claim().family());
            }
            if (decision.verdict() == Verdict.CONTRADICTED) {
                everContradicted.add(decision.claim().family());
            }
        }
    }

    @Test
    void noMoreThanOneTableInTwentyIsEverFalselySaidToHold() {
        int worlds = 400;
        int held = 0;
        for (int i = 0; i < worlds; i++) {
            World world = new World(0);
            world.spend();
            held += world.everHeld.size();
        }
        double rate = held / (double) (worlds * TABLES.size());
        assertTrue(rate <= 0.055, "false holds in " + rate + " of the tables");
        assertTrue(rate > 0.005, "nothing can ever hold: " + rate);
    }

    @Test
    void noMoreThanOneTableInTwentyIsEverFalselySaidToContradict() {
        int worlds = 400;
        int contradicted = 0;
        for (int i = 0; i < worlds; i++) {
            World world = new World(1);
            world.spend();
            contradicted += world.everContradicted.size();
        }
        double rate = contradicted / (double) (worlds * TABLES.size());
        assertTrue(rate <= 0.055, "false contradictions in " + rate + " of the tables");
        assertTrue(rate > 0.005, "nothing can ever be contradicted: " + rate);
    }

    @Test
    void whatIsPlainIsDecidedLongBeforeTheTimeIsOver() {
        World world = new World(4);
        world.spend();
        assertEquals(Set.copyOf(TABLES), world.everHeld);
        assertEquals(Set.of(), world.everContradicted);
        assertTrue(world.seeds.values().stream().allMatch(seeds -> seeds <= 3), world.seeds.toString());
    }
}
