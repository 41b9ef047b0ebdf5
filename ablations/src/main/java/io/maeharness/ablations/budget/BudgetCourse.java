package io.maeharness.ablations.budget;

import io.maeharness.results.statistics.LookPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses seeds: again and again the block with the most expected decisions for its time, of those that still fit.
 *
 * <p>What is chosen has no influence on the level of any verdict, as verdicts spend theirs at numbers of seeds that are fixed
 * beforehand.
 */
public final class BudgetCourse {
    private static final Comparator<SeedBlock> WORTH =
            Comparator.comparingDouble(SeedBlock::rate).thenComparingDouble(SeedBlock::decisions);

    private BudgetCourse() {}

    /**
     * The blocks to come, as far as can be foretold: each is chosen by what is known today, and the first is what to do now.
     *
     * @param families where they stand; the first wins among equals
     * @param looks numbers of seeds at which verdicts may be reached
     * @param left time
     * @return empty when nothing fits, or nothing is expected to be decided
     */
    public static List<SeedBlock> of(List<FamilyCourse> families, LookPlan looks, Duration left) {
        Map<String, Integer> reached = new HashMap<>();
        families.forEach(family -> reached.put(family.family(), family.seeds()));
        List<SeedBlock> course = new ArrayList<>();
        Duration rest = left;
        Optional<SeedBlock> next = best(families, looks, reached, rest);
        while (next.isPresent()) {
            SeedBlock block = next.get();
            course.add(block);
            reached.put(block.family(), block.seeds());
            rest = rest.minus(block.cost());
            next = best(families, looks, reached, rest);
        }
        return course;
    }

    private static Optional<SeedBlock> best(
            List<FamilyCourse> families, LookPlan looks, Map<String, Integer> reached, Duration left) {
        List<SeedBlock> fitting = families.stream()
                .flatMap(family -> family.block(looks, reached.get(family.family())).stream())
                .filter(block -> block.decisions() > 0 && block.cost().compareTo(left) <= 0)
                .toList();
        return fitting.stream().max(WORTH).map(best -> first(fitting, best));
    }

    private static SeedBlock first(List<SeedBlock> blocks, SeedBlock best) {
        return blocks.stream()
                .filter(block -> WORTH.compare(block, best) == 0)
                .findFirst()
                .orElse(best);
    }
}
