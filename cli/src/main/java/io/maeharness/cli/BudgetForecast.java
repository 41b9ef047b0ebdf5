package io.maeharness.cli;

import io.maeharness.ablations.budget.BudgetCourse;
import io.maeharness.ablations.budget.SeedBlock;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.cli.progress.Durations;
import io.maeharness.results.statistics.LookPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says what a budget would be spent on, and what it is expected to decide, by what has been measured so far. */
final class BudgetForecast {
    private final Session session;
    private final SessionOptions options;
    private final PublishedOption published;
    private final BudgetScope scope;

    BudgetForecast(Session session, SessionOptions options, PublishedOption published, BudgetScope scope) {
        this.session = session;
        this.options = options;
        this.published = published;
        this.scope = scope;
    }

    /**
     * The course in lines.
     *
     * @param limit the time; empty foretells until nothing is likely to be decided
     * @param pace of this machine
     * @param openOnce stages that are left until every row is measured once
     */
    List<String> lines(Optional<Duration> limit, MachinePace pace, List<PlannedStage> openOnce) {
        Optional<Duration> first = pace.time(openOnce);
        if (first.isEmpty() || !pace.isKnown()) {
            return List.of("budget  the pace of this machine is unknown, so nothing can be foretold");
        }
        BudgetState state = BudgetState.of(session, options, published, scope);
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
        List<SeedBlock> course = BudgetCourse.of(state.courses(pace, Set.of()), LookPlan.STANDARD, left);
        List<String> lines = new ArrayList<>();
        if (!first.isZero()) {
            lines.add(
                    "  after " + Durations.words(first) + ", every row once; what that shows decides about more seeds");
        }
        lines.addAll(BudgetWords.course(course, first));
        lines.add(String.format(
                Locale.ROOT,
                "  expected to be decided: %.1f of %d open",
                course.stream().mapToDouble(SeedBlock::decisions).sum(),
                state.openClaims().size()));
        return lines;
    }
}
