package io.maeharness.workbench.budget;

import io.maeharness.ablations.budget.BudgetCourse;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.results.statistics.LookPlan;
import io.maeharness.workbench.Deadline;
import io.maeharness.workbench.Durations;
import io.maeharness.workbench.MachinePace;
import io.maeharness.workbench.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what a budget would be spent on, and what it is expected to decide, by what has been measured so far. */
public final class BudgetForecast {
    private static final Duration SOON = Duration.ofHours(1);

    private final Session session;
    private final BudgetScope scope;

    /** What a session would do. */
    public BudgetForecast(Session session, BudgetScope scope) {
        this.session = session;
        this.scope = scope;
    }

    /**
     * The course in lines.
     *
     * @param limit the time; empty foretells until nothing is likely to be decided
     * @param pace of this machine
     * @param openOnce stages that are left until every row is measured once
     */
    public List<String> lines(Optional<Duration> limit, MachinePace pace, List<PlannedStage> openOnce) {
        Optional<Duration> first = pace.time(openOnce);
        if (first.isEmpty() || !pace.isKnown()) {
            return List.of("budget  the pace of this machine is unknown, so nothing can be foretold");
        }
        BudgetState state = BudgetState.of(session, scope);
        Duration left = limit.orElse(Deadline.NONE.left()).minus(first.get());
        List<String> lines = new ArrayList<>();
        lines.add("budget  " + limit.map(Durations::words).orElse("until nothing is left to decide") + "; now "
                + state.tally());
        lines.addAll(
                left.isNegative()
                        ? List.of("  it ends before every row is measured once")
                        : course(state, pace, first.get(), left));
        return lines;
    }

    private static List<String> course(BudgetState state, MachinePace pace, Duration first, Duration left) {
        List<BudgetCourse.Block> course = BudgetCourse.of(state.courses(pace, Set.of()), LookPlan.STANDARD, left);
        List<String> lines = new ArrayList<>();
        if (!first.isZero()) {
            lines.add(
                    "  after " + Durations.words(first) + ", every row once; what that shows decides about more seeds");
        }
        lines.addAll(blocks(course, first));
        lines.add(String.format(
                Locale.ROOT,
                "  expected to be decided: %.1f of %d open",
                course.stream().mapToDouble(BudgetCourse.Block::decisions).sum(),
                state.openClaims().size()));
        return lines;
    }

    /** The next block: what, how long, and what it is expected to decide. */
    static String next(BudgetCourse.Block block, List<String> open) {
        return String.format(
                Locale.ROOT,
                "next %s, about %s, expected to decide %.1f of its %d open: %s",
                block.inWords(),
                Durations.words(block.cost()),
                block.decisions(),
                open.size(),
                String.join(", ", open));
    }

    /** What the next hour of a course is expected to decide, or what is left of the time where that is less. */
    static String soon(List<BudgetCourse.Block> course, Duration left) {
        String span = left.compareTo(SOON) < 0 ? "the rest of the budget" : "the next hour";
        Duration rest = SOON;
        List<BudgetCourse.Block> soon = new ArrayList<>();
        for (BudgetCourse.Block block : course) {
            rest = rest.minus(block.cost());
            if (rest.isNegative()) {
                break;
            }
            soon.add(block);
        }
        return soon.isEmpty()
                ? span + " is not expected to end a block"
                : String.format(
                        Locale.ROOT,
                        "%s is expected to decide %.1f: %s",
                        span,
                        soon.stream().mapToDouble(BudgetCourse.Block::decisions).sum(),
                        soon.stream().map(BudgetCourse.Block::inWords).collect(Collectors.joining(", ")));
    }

    /** The block that takes least time. */
    static String shortest(List<BudgetCourse.Block> blocks) {
        BudgetCourse.Block least = blocks.stream()
                .min(Comparator.comparing(BudgetCourse.Block::cost))
                .orElseThrow();
        return least.inWords() + ", about " + Durations.words(least.cost());
    }

    /** A block a line, with the time at which it ends. */
    private static List<String> blocks(List<BudgetCourse.Block> course, Duration from) {
        List<String> lines = new ArrayList<>();
        Duration at = from;
        for (BudgetCourse.Block block : course) {
            at = at.plus(block.cost());
            lines.add(String.format(
                    Locale.ROOT,
                    "  after %-11s %-22s expected to decide %.1f",
                    Durations.words(at),
                    block.inWords(),
                    block.decisions()));
        }
        return lines;
    }
}
