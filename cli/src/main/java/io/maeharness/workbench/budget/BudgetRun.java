package io.maeharness.workbench.budget;

import io.maeharness.ablations.budget.BudgetCourse;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.run.RunSummary;
import io.maeharness.results.statistics.LookPlan;
import io.maeharness.workbench.Calibration;
import io.maeharness.workbench.Deadline;
import io.maeharness.workbench.Durations;
import io.maeharness.workbench.MachinePace;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.report.ReportWriter;
import io.maeharness.workbench.run.FrontEnd;
import io.maeharness.workbench.run.PlanRun;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Measures every row once, and then whole blocks of seeds where they are likely to decide most claims for their time, until
 * the time is over or nothing is left to decide.
 */
public final class BudgetRun {
    private final Session session;
    private final BudgetScope scope;
    private final Deadline deadline;
    private final FrontEnd front;
    private final Set<String> stuck = new HashSet<>();
    private Optional<RunSummary> worst = Optional.empty();
    private Optional<MachinePace> calibrated = Optional.empty();

    /**
     * A run.
     *
     * @param session with one seed
     * @param deadline when the time is over
     */
    public BudgetRun(Session session, BudgetScope scope, Deadline deadline, FrontEnd front) {
        this.session = session;
        this.scope = scope;
        this.deadline = deadline;
        this.front = front;
    }

    /** Runs to the end of the time; gives the run that was interrupted, or the last of which a stage failed, if any. */
    public Optional<RunSummary> run() {
        if (measured(session.withSeeds(1), session.withSeeds(1).plan(scope.once()))) {
            finishBegun();
            Optional<String> end = Optional.empty();
            while (!interrupted() && end.isEmpty()) {
                end = spend();
            }
            end.ifPresent(front::say);
        }
        if (!interrupted()) {
            conclude();
        }
        return worst;
    }

    private boolean interrupted() {
        return worst.filter(RunSummary::interrupted).isPresent();
    }

    /** Measures the next block; tells why there is none. */
    private Optional<String> spend() {
        BudgetState state = state();
        if (deadline.isOver()) {
            return Optional.of("the time is over");
        }
        MachinePace pace = pace(state);
        if (!pace.isKnown()) {
            return Optional.of("the pace of this machine is unknown, as its calibration failed; ./mae plan says why");
        }
        List<BudgetCourse.Block> course =
                BudgetCourse.of(state.courses(pace, stuck), LookPlan.STANDARD, deadline.left());
        if (course.isEmpty()) {
            return Optional.of(whyNothingIsLeft(state, pace));
        }
        BudgetCourse.Block block = course.get(0);
        front.say(state.tally() + (deadline == Deadline.NONE ? "" : "; " + Durations.words(deadline.left()) + " left"));
        front.say("open: " + String.join(", ", state.openClaims()));
        front.say(BudgetForecast.next(block, state.openOf(block.family())));
        front.say(BudgetForecast.soon(course, deadline.left()));
        measure(block.family(), block.seeds(), state);
        return Optional.empty();
    }

    /** As the stages that are finished here say, of all seeds so far; a calibration, run once, where none is. */
    private MachinePace pace(BudgetState state) {
        MachinePace learned = MachinePace.learned(
                session, session.withSeeds(state.mostSeeds()).plan(scope.once()));
        if (learned.isKnown()) {
            return learned;
        }
        if (calibrated.isEmpty()) {
            calibrated = Optional.of(MachinePace.of(session, Calibration.run(session)));
        }
        return calibrated.get();
    }

    private String whyNothingIsLeft(BudgetState state, MachinePace pace) {
        List<BudgetCourse.Block> inAnyTime =
                BudgetCourse.of(state.courses(pace, stuck), LookPlan.STANDARD, Deadline.NONE.left());
        return inAnyTime.isEmpty()
                ? "nothing is left that seeds are likely to decide"
                : "the " + Durations.words(deadline.left())
                        + " that are left hold no further block; the shortest with a" + " gain is "
                        + BudgetForecast.shortest(inAnyTime);
    }

    private void measure(String family, int seeds, BudgetState state) {
        new BegunBlock(family, seeds).write(session.output());
        Plan plan = state.plan(family, seeds);
        if (measured(session.withSeeds(seeds), plan)) {
            BegunBlock.clear(session.output());
            if (!session.states(plan).openStages().isEmpty()) {
                stuck.add(family); // A stage of it fails; other tables can go on.
            }
        }
    }

    /** A block of an earlier run of the same command. */
    private void finishBegun() {
        BegunBlock.in(session.output())
                .filter(block -> scope.families().containsKey(block.family()))
                .ifPresent(block -> {
                    front.say("going on with " + block.family() + " to " + block.seeds() + " seeds");
                    measure(block.family(), block.seeds(), state());
                });
    }

    /** Runs a plan; false when it was stopped before its end. */
    private boolean measured(Session seeded, Plan plan) {
        RunSummary summary = new PlanRun(seeded, front, deadline).run(plan, false);
        if (summary.interrupted() && deadline.isOver()) {
            front.say("the time is over; the same command goes on from here");
            return false;
        }
        if (!interrupted() && (summary.interrupted() || !summary.failures().isEmpty())) {
            worst = Optional.of(summary);
        }
        return !summary.interrupted();
    }

    private BudgetState state() {
        return BudgetState.of(session, scope).recorded();
    }

    /** The report and the verdicts as they are now. */
    private void conclude() {
        BudgetState state = state();
        front.say("report: "
                + new ReportWriter(session.shown(), session.plan(scope.once()))
                        .write()
                        .index());
        front.say(state.tally() + "; ./mae claims lists them");
        List<String> open = state.openClaims();
        if (!open.isEmpty()) {
            front.say("open: " + String.join(", ", open));
        }
    }
}
