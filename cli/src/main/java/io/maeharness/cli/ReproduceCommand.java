package io.maeharness.cli;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.workbench.Deadline;
import io.maeharness.workbench.OtherPrecision;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.budget.BudgetRun;
import io.maeharness.workbench.budget.BudgetScope;
import io.maeharness.workbench.run.PlanRun;
import java.util.ArrayList;
import java.util.List;
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
        Terminal terminal = Terminal.of(spec);
        return (budget.isGiven() ? spent(session, terminal) : measured(session, terminal)).code();
    }

    private ExitCode measured(Session session, Terminal terminal) {
        Selection selection = metrics.applied(session.selection(selectors));
        Plan plan = session.plan(selection);
        session.requireTokenizerUsed(plan);
        if (!force) {
            OtherPrecision.remark(session, selection, plan, session.open(plan, false))
                    .ifPresent(terminal::say);
        }
        PlanRun run = new PlanRun(session, terminal);
        ExitCode code = ExitCode.of(run.run(plan, force));
        return code == ExitCode.OK ? run.drawDefault(plan).map(ExitCode::of).orElse(code) : code;
    }

    /** Seeds where they decide most, as long as the budget lasts. */
    private ExitCode spent(Session session, Terminal terminal) {
        Deadline deadline = budget.limit().map(Deadline::in).orElse(Deadline.NONE);
        budget.requireAlone(selectors, options.settings().chooseSeeds(), metrics.isGiven(), force);
        BudgetScope scope = BudgetScope.of(session, selectors);
        session.requireTokenizerUsed(session.plan(scope.once()));
        return new BudgetRun(session, scope, deadline, terminal)
                .run()
                .map(ExitCode::of)
                .orElse(ExitCode.OK);
    }
}
