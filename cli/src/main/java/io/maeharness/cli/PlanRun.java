package io.maeharness.cli;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.run.RunSummary;
import io.maeharness.cli.progress.Durations;
import io.maeharness.cli.progress.RunProgress;
import io.maeharness.cli.progress.Screen;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs a plan before the user's eyes and says how it ended. */
final class PlanRun {
    private final Session session;
    private final Session shown;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Deadline deadline;

    /**
     * Runs of a session.
     *
     * @param shown the session as its report shows it, which may have seeds of earlier runs too
     */
    PlanRun(Session session, Session shown, PrintWriter out, PrintWriter err) {
        this(session, shown, out, err, Deadline.NONE);
    }

    private PlanRun(Session session, Session shown, PrintWriter out, PrintWriter err, Deadline deadline) {
        this.session = session;
        this.shown = shown;
        this.out = out;
        this.err = err;
        this.deadline = deadline;
    }

    /** The same, but {@link #run} stops at a deadline. */
    PlanRun until(Deadline end) {
        return new PlanRun(session, shown, out, err, end);
    }

    /** Runs the plan, with its tables printed and its report rendered. */
    ExitCode run(Plan plan, boolean force) {
        ReportWriter writer = new ReportWriter(shown, plan);
        RunSummary summary;
        try (Screen screen = Screen.of(out);
                LiveReport report = new LiveReport(writer, plan, session.open(plan, force), screen)) {
            summary = session.run(plan, force, new RunProgress(screen, report::ended), deadline);
            if (!summary.interrupted()) {
                new PictureList(session.output()).add(plan);
                report.finish();
            }
        }
        return conclude(plan, summary);
    }

    /** Runs the plan and says how it ended, without tables and report. */
    ExitCode measure(Plan plan, boolean force) {
        RunSummary summary;
        try (Screen screen = Screen.of(out)) {
            summary = session.run(plan, force, new RunProgress(screen, stage -> {}));
        }
        return conclude(plan, summary);
    }

    /** Runs a plan of reconstructions and renders the report with them. */
    ExitCode draw(Plan plan) {
        RunSummary summary;
        try (Screen screen = Screen.of(out)) {
            summary = session.run(plan, false, new RunProgress(screen, stage -> {}));
            if (!summary.interrupted()) {
                new PictureList(session.output()).add(plan);
                screen.event("report: " + new ReportWriter(shown, plan).write().index());
            }
        }
        return conclude(plan, summary);
    }

    /** The last line, which says where the values are of a plan that has any, the failures and the exit code. */
    private ExitCode conclude(Plan plan, RunSummary summary) {
        String results = plan.cells().isEmpty()
                ? ""
                : "; results: " + session.output().results().file();
        out.println(summary.finished() + " stages run in " + Durations.words(summary.elapsed())
                + (summary.reused() > 0 ? ", " + summary.reused() + " reused" : "")
                + (summary.failures().isEmpty() ? "" : ", " + summary.failures().size() + " failed")
                + (summary.skipped() > 0 ? ", " + summary.skipped() + " skipped" : "")
                + results);
        out.flush();
        if (!summary.failures().isEmpty()) {
            err.println("mae: " + line(summary.failures()));
            err.flush();
        }
        return code(summary);
    }

    private static String line(List<RunSummary.Failure> failures) {
        RunSummary.Failure first = failures.get(0);
        String more = failures.size() == 1 ? "" : failures.size() + " stages failed, the first: ";
        return more + first.stage().stage().kind() + " of "
                + first.stage().cases().get(0) + ": " + first.reason();
    }

    /** One kind of failure has its own code; several kinds share one. */
    private static ExitCode code(RunSummary summary) {
        if (summary.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        Set<ExitCode> codes = summary.failures().stream()
                .map(failure -> ExitCode.of(failure.kind()))
                .collect(Collectors.toSet());
        return codes.isEmpty()
                ? ExitCode.OK
                : codes.size() == 1 ? codes.iterator().next() : ExitCode.STAGES_FAILED;
    }
}
