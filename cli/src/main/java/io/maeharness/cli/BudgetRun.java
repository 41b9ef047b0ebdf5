package io.maeharness.cli;

import io.maeharness.ablations.budget.BudgetCourse;
import io.maeharness.ablations.budget.SeedBlock;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.cli.progress.Durations;
import io.maeharness.results.statistics.LookPlan;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Measures every row once, and then whole blocks of seeds where they are likely to decide most claims for their time, until
 * the time is over or nothing is left to decide.
 */
final class BudgetRun {
    private final Session session;
    private final SessionOptions options;
    private final PublishedOption published;
    private final BudgetScope scope;
    private final Deadline deadline;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Set<String> stuck = new HashSet<>();
    private ExitCode worst = ExitCode.OK;
    private Optional<MachinePace> calibrated = Optional.empty();

    /**
     * A run.
     *
     * @param session with one seed
     * @param deadline when the time is over
     */
    BudgetRun(
            Session session,
            SessionOptions options,
            PublishedOption published,
            BudgetScope scope,
            Deadline deadline,
            PrintWriter out,
            PrintWriter err) {
        this.session = session;
        this.options = options;
        this.published = published;
        this.scope = scope;
        this.deadline = deadline;
        this.out = out;
        this.err = err;
    }

    /** Runs to the end of the time. */
    ExitCode run() {
        if (measured(session.withSeeds(1), session.withSeeds(1).plan(scope.once()))) {
            finishBegun();
            Optional<String> end = Optional.empty();
            while (worst != ExitCode.INTERRUPTED && end.isEmpty()) {
                end = spend();
            }
            end.ifPresent(this::say);
        }
        return worst == ExitCode.INTERRUPTED ? worst : conclude();
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
        List<SeedBlock> course = BudgetCourse.of(state.courses(pace, stuck), LookPlan.STANDARD, deadline.left());
        if (course.isEmpty()) {
            return Optional.of(whyNothingIsLeft(state, pace));
        }
        SeedBlock block = course.get(0);
        say(state.tally() + (deadline == Deadline.NONE ? "" : "; " + Durations.words(deadline.left()) + " left"));
        say("open: " + String.join(", ", state.openClaims()));
        say(BudgetWords.next(block, state.openOf(block.family())));
        say(BudgetWords.soon(course, deadline.left()));
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
        List<SeedBlock> inAnyTime =
                BudgetCourse.of(state.courses(pace, stuck), LookPlan.STANDARD, Deadline.NONE.left());
        return inAnyTime.isEmpty()
                ? "nothing is left that seeds are likely to decide"
                : "the " + Durations.words(deadline.left())
                        + " that are left hold no further block; the shortest with a" + " gain is "
                        + BudgetWords.shortest(inAnyTime);
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
                    say("going on with " + block.family() + " to " + block.seeds() + " seeds");
                    measure(block.family(), block.seeds(), state());
                });
    }

    /** Runs a plan; false when it was stopped before its end. */
    private boolean measured(Session seeded, Plan plan) {
        ExitCode code =
                new PlanRun(seeded, shown(seeded), out, err).until(deadline).run(plan, false);
        boolean cut = code == ExitCode.INTERRUPTED;
        if (cut && deadline.isOver()) {
            say("the time is over; the same command goes on from here");
            return false;
        }
        if (code != ExitCode.OK && worst != ExitCode.INTERRUPTED) {
            worst = code;
        }
        return !cut;
    }

    private BudgetState state() {
        return BudgetState.of(session, options, published, scope).recorded();
    }

    private Session shown(Session seeded) {
        return options.shown(seeded, session.output().results());
    }

    /** The report and the verdicts as they are now. */
    private ExitCode conclude() {
        BudgetState state = state();
        say("report: "
                + new ReportWriter(shown(session), session.plan(scope.once()))
                        .write()
                        .index());
        say(state.tally() + "; ./mae claims lists them");
        List<String> open = state.openClaims();
        if (!open.isEmpty()) {
            say("open: " + String.join(", ", open));
        }
        return worst;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
