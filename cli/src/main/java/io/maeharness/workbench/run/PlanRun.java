package io.maeharness.workbench.run;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.run.RunSummary;
import io.maeharness.ablations.worker.FinishedStage;
import io.maeharness.ablations.worker.KeptWeights;
import io.maeharness.core.stage.Stage;
import io.maeharness.workbench.Deadline;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.report.PictureList;
import io.maeharness.workbench.report.ReportWriter;
import java.util.List;
import java.util.Optional;

/** Runs the plans of a session before the user's eyes. */
public final class PlanRun {
    /** The case that draws where none is named. */
    public static final List<String> DRAWN = List.of("context/mae");

    /** Pictures a case, where their number is not named. */
    public static final int PICTURES = 8;

    private final Session session;
    private final FrontEnd front;
    private final Deadline deadline;

    /** Runs of a session to their end. */
    public PlanRun(Session session, FrontEnd front) {
        this(session, front, Deadline.NONE);
    }

    /** Runs of a session, of which {@link #run} stops at a deadline. */
    public PlanRun(Session session, FrontEnd front, Deadline deadline) {
        this.session = session;
        this.front = front;
        this.deadline = deadline;
    }

    /** Runs a plan, with its tables shown and its report rendered. */
    public RunSummary run(Plan plan, boolean force) {
        ReportWriter writer = new ReportWriter(session.shown(), plan);
        RunSummary summary;
        try (FrontEnd.View view = front.begin();
                LiveReport report = new LiveReport(writer, plan, session.open(plan, force), view)) {
            summary = session.run(plan, force, view.progress(report::ended), deadline);
            if (!summary.interrupted()) {
                new PictureList(session.output()).add(plan);
                report.finish();
            }
        }
        return ended(plan, summary);
    }

    /** Runs a plan without tables and report. */
    public RunSummary measure(Plan plan, boolean force) {
        RunSummary summary;
        try (FrontEnd.View view = front.begin()) {
            summary = session.run(plan, force, view.progress(stage -> {}), Deadline.NONE);
        }
        return ended(plan, summary);
    }

    /** Runs a plan of reconstructions and renders the report with them. */
    public RunSummary draw(Plan plan) {
        RunSummary summary;
        try (FrontEnd.View view = front.begin()) {
            summary = session.run(plan, false, view.progress(stage -> {}), Deadline.NONE);
            if (!summary.interrupted()) {
                new PictureList(session.output()).add(plan);
                view.event("report: "
                        + new ReportWriter(session.shown(), plan).write().index());
            }
        }
        return ended(plan, summary);
    }

    /** Reconstructions by the default case, when its pre-training is part of what was run and its weights are there. */
    public Optional<RunSummary> drawDefault(Plan run) {
        if (run.stages().stream().noneMatch(stage -> stage.stage().pretrains()) || !session.canReconstruct()) {
            return Optional.empty();
        }
        Selection drawn = session.selection(DRAWN);
        if (!session.fills(drawn)) {
            return Optional.empty();
        }
        if (session.drawableImages() == 0) {
            front.say("no reconstructions are drawn: data.validationShare leaves no validation image");
            return Optional.empty();
        }
        Plan pictures = session.reconstructions(drawn, PICTURES);
        boolean drawable = pictures.stages().stream()
                .filter(stage -> stage.stage().drawings() == Stage.Drawings.BY_CASE)
                .allMatch(stage -> stage.parent()
                        .filter(run.hashes()::contains)
                        .filter(parent -> FinishedStage.exists(session.output(), stage.stage())
                                || KeptWeights.serve(session.output(), stage.stage()))
                        .isPresent());
        return drawable ? Optional.of(draw(pictures)) : Optional.empty();
    }

    private RunSummary ended(Plan plan, RunSummary summary) {
        front.ended(plan, summary, session.output().results().file());
        return summary;
    }
}
