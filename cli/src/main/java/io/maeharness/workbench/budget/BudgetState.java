package io.maeharness.workbench.budget;

import io.maeharness.ablations.budget.BudgetCourse;
import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.results.claims.ClaimTally;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.Outlook;
import io.maeharness.results.claims.Verdict;
import io.maeharness.results.statistics.LookPlan;
import io.maeharness.workbench.MachinePace;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.report.ClaimVerdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the claims of a scope stand after what has been measured. */
final class BudgetState {
    private final Session session;
    private final BudgetScope scope;
    private final ClaimVerdicts verdicts;
    private final List<Decision> primary;
    private final Map<String, List<Outlook>> open;

    /**
     * Looks at what has been measured.
     *
     * @param session whose directory and devices measure
     * @param verdicts on all claims
     */
    BudgetState(Session session, BudgetScope scope, ClaimVerdicts verdicts) {
        this.session = session;
        this.scope = scope;
        this.verdicts = verdicts;
        this.primary = verdicts.decisions().stream()
                .filter(decision -> decision.evidence().claim().isInFamily()
                        && scope.families().containsKey(decision.claim().family()))
                .toList();
        this.open = verdicts.outlooks().stream()
                .filter(outlook -> outlook.claim().isInFamily())
                .collect(
                        Collectors.groupingBy(outlook -> outlook.claim().claim().family()));
    }

    /** Verdicts by what a session's results, and those that it counts as done, hold of any seed. */
    static BudgetState of(Session session, BudgetScope scope) {
        return new BudgetState(
                session,
                scope,
                ClaimVerdicts.of(
                        session.shownWithPublished(),
                        session.published(),
                        PaperTables.discover().all()));
    }

    /** The same, with the looks that it rests on noted beside the session's results. */
    BudgetState recorded() {
        verdicts.record(session.output().results());
        return this;
    }

    /** How many primary claims there are of each verdict, of those that seeds decide. */
    String tally() {
        return ClaimTally.of(primary).all() + " primary: "
                + ClaimTally.of(primary).inWords();
    }

    /** Ids of the open claims of a family. */
    List<String> openOf(String family) {
        return open.getOrDefault(family, List.of()).stream()
                .map(outlook -> outlook.claim().claim().id())
                .toList();
    }

    /** Ids of all open claims, in their order. */
    List<String> openClaims() {
        return primary.stream()
                .filter(decision -> decision.verdict() == Verdict.NOT_RESOLVED)
                .map(decision -> decision.claim().id())
                .toList();
    }

    /** The most seeds that a family with open claims has, and at least one. */
    int mostSeeds() {
        return open.values().stream()
                .mapToInt(outlooks -> outlooks.get(0).seeds())
                .max()
                .orElse(1);
    }

    /** Families with open claims, as far as the time of their next block can be told; some may be left out. */
    List<BudgetCourse.Family> courses(MachinePace pace, Set<String> without) {
        List<BudgetCourse.Family> courses = new ArrayList<>();
        for (String family : scope.families().keySet()) {
            List<Outlook> outlooks = open.getOrDefault(family, List.of());
            if (!outlooks.isEmpty() && !without.contains(family)) {
                int seeds = outlooks.get(0).seeds();
                OptionalInt next = LookPlan.STANDARD.next(seeds);
                if (next.isPresent()) {
                    pace.time(session.states(plan(family, next.getAsInt())).openStages())
                            .ifPresent(cost -> courses.add(new BudgetCourse.Family(family, seeds, cost, outlooks)));
                }
            }
        }
        return courses;
    }

    /** The stages that take a family to a number of seeds. */
    Plan plan(String family, int seeds) {
        return session.withSeeds(seeds).plan(scope.families().get(family));
    }
}
