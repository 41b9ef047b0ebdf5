package io.maeharness.cli;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.worker.FinishedStage;
import io.maeharness.ablations.worker.KeptWeights;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.Stage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae reproduce}. */
@Command(
        name = "reproduce",
        description = "Measure tables and figures of the paper and render them beside its numbers. Goes on where an"
                + " earlier run was stopped.")
final class ReproduceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TABLE[/CASE]",
            description = "e.g. table1a, table1f/block-75, all (default: figure 5, tables 1a-1f and their context)")
    private List<String> selectors = new ArrayList<>();

    @Option(names = "--force", description = "run finished stages of the selection again")
    private boolean force;

    @Mixin
    private BudgetOptions budget = new BudgetOptions();

    @Mixin
    private MetricsOption metrics = new MetricsOption();

    @Mixin
    private ImportOption importing = new ImportOption();

    @Mixin
    private PublishedOption published = new PublishedOption();

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        Session session = published.applied(importing.filling(options.open(), selectors));
        if (budget.isGiven()) {
            return spent(session).code();
        }
        Selection selection = metrics.applied(session.selection(selectors));
        Plan plan = session.plan(selection);
        session.requireTokenizerUsed(plan);
        OtherPrecision.remark(session, selection, plan, session.open(plan, force))
                .filter(line -> !force)
                .ifPresent(spec.commandLine().getOut()::println);
        PlanRun run = new PlanRun(
                session,
                options.shown(session, session.output().results()),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        ExitCode code = run.run(plan, force);
        return (code == ExitCode.OK ? pictures(session, plan).map(run::draw).orElse(code) : code).code();
    }

    /** Seeds where they decide most, as long as the budget lasts. */
    private ExitCode spent(Session session) {
        Deadline deadline = budget.limit().map(Deadline::in).orElse(Deadline.NONE);
        budget.requireAlone(selectors, options.settings().chooseSeeds(), metrics.isGiven());
        if (force) {
            throw new HarnessException(
                    Kind.USAGE, "--force would measure every block anew; leave it out, or the budget");
        }
        BudgetScope scope = BudgetScope.of(session, selectors);
        session.requireTokenizerUsed(session.plan(scope.once()));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        return new BudgetRun(session, options, published, scope, deadline, out, err).run();
    }

    /** Reconstructions by the default case, when its pre-training is part of the plan and its weights are there. */
    private static Optional<Plan> pictures(Session session, Plan plan) {
        if (plan.stages().stream().noneMatch(stage -> stage.stage().pretrains())
                || !session.canReconstruct()
                || !session.fills(session.selection(VisualizeCommand.DEFAULT))) {
            return Optional.empty();
        }
        Plan pictures =
                session.reconstructions(session.selection(VisualizeCommand.DEFAULT), VisualizeCommand.DEFAULT_IMAGES);
        boolean drawable = pictures.stages().stream()
                .filter(stage -> stage.stage().drawings() == Stage.Drawings.BY_CASE)
                .allMatch(stage -> stage.parent()
                        .filter(plan.hashes()::contains)
                        .filter(parent -> FinishedStage.exists(session.output(), stage.stage())
                                || KeptWeights.serve(session.output(), stage.stage()))
                        .isPresent());
        return drawable ? Optional.of(pictures) : Optional.empty();
    }
}
