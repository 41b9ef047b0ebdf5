package io.maeharness.ablations.budget;

import io.maeharness.results.claims.Outlook;
import io.maeharness.results.statistics.LookPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Chooses seeds: again and again the block with the most expected decisions for its time, of those that still fit.
 *
 * <p>What is chosen has no influence on the level of any verdict, as verdicts spend theirs at numbers of seeds that are fixed
 * beforehand.
 */
public final class BudgetCourse {
    private static final Comparator<Block> WORTH =
            Comparator.comparingDouble(Block::rate).thenComparingDouble(Block::decisions);

    private BudgetCourse() {}

    /**
     * The blocks to come, as far as can be foretold: each is chosen by what is known today, and the first is what to do now.
     *
     * @param families where they stand; the first wins among equals
     * @param looks numbers of seeds at which verdicts may be reached
     * @param left time
     * @return empty when nothing fits, or nothing is expected to be decided
     */
    public static List<Block> of(List<Family> families, LookPlan looks, Duration left) {
        Map<String, Integer> reached = new HashMap<>();
        families.forEach(family -> reached.put(family.family(), family.seeds()));
        List<Block> course = new ArrayList<>();
        Duration rest = left;
        Optional<Block> next = best(families, looks, reached, rest);
        while (next.isPresent()) {
            Block block = next.get();
            course.add(block);
            reached.put(block.family(), block.seeds());
            rest = rest.minus(block.cost());
            next = best(families, looks, reached, rest);
        }
        return course;
    }

    private static Optional<Block> best(
            List<Family> families, LookPlan looks, Map<String, Integer> reached, Duration left) {
        List<Block> fitting = families.stream()
                .flatMap(family -> family.block(looks, reached.get(family.family())).stream())
                .filter(block -> block.decisions() > 0 && block.cost().compareTo(left) <= 0)
                .toList();
        return fitting.stream().max(WORTH).map(best -> first(fitting, best));
    }

    private static Block first(List<Block> blocks, Block best) {
        return blocks.stream()
                .filter(block -> WORTH.compare(block, best) == 0)
                .findFirst()
                .orElse(best);
    }

    /**
     * The rows of a family of claims taken to a number of seeds at which verdicts may be reached.
     *
     * @param family whose cells are measured, all of them with each seed
     * @param seeds that every cell has afterwards
     * @param cost time that what is missing takes on this machine, about
     * @param decisions how many open primary claims are expected to be decided by it
     */
    public record Block(String family, int seeds, Duration cost, double decisions) {
        private static final double SHORTEST_SECONDS = 1;
        private static final double MILLIS = 1000;

        /** Checks that there is something to expect. */
        public Block {
            if (seeds < 2 || cost.isNegative() || !(decisions >= 0)) {
                throw new IllegalArgumentException(
                        "a block of " + family + " needs two seeds or more and no negative cost" + " or gain, got "
                                + seeds + ", " + cost + ", " + decisions);
            }
        }

        /** Expected decisions a second. */
        double rate() {
            return decisions / Math.max(SHORTEST_SECONDS, cost.toMillis() / MILLIS);
        }

        /** For example {@code table1a to 3 seeds}. */
        public String inWords() {
            return family + " to " + seeds + " seeds";
        }
    }

    /**
     * Where a family of claims stands, and what its next looks cost and bring.
     *
     * @param family its name
     * @param seeds that all its cells have
     * @param cost time that its next look takes on this machine, about
     * @param open outlooks of its primary claims that are open
     */
    public record Family(String family, int seeds, Duration cost, List<Outlook> open) {
        /** Copies the list, without claims that no look is likely to decide: they are nothing to measure for. */
        public Family {
            open = open.stream().filter(outlook -> !outlook.isFutile()).toList();
        }

        /**
         * The block that takes the family from a number of seeds to its next look; empty when no look is left.
         *
         * <p>A block after the next is foretold: each of its seeds costs as much as one of the next block.
         *
         * @param from today's seeds, or those of a look to come
         */
        Optional<BudgetCourse.Block> block(LookPlan looks, int from) {
            OptionalInt to = looks.next(from);
            return to.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new BudgetCourse.Block(
                            family, to.getAsInt(), cost(looks, from, to.getAsInt()), decisions(from, to.getAsInt())));
        }

        private Duration cost(LookPlan looks, int from, int to) {
            int first = looks.next(seeds).orElse(seeds + 1);
            return from == seeds ? cost : cost.dividedBy(first - seeds).multipliedBy(to - from);
        }

        private double decisions(int from, int to) {
            return open.stream()
                    .mapToDouble(outlook -> Math.max(0, outlook.decidedAt(to) - outlook.decidedAt(from)))
                    .sum();
        }
    }
}
