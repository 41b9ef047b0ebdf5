package io.maeharness.cli;

import io.maeharness.ablations.forecast.GpuForecast;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.workbench.OtherPrecision;
import io.maeharness.workbench.PlanForecast;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.budget.BudgetForecast;
import io.maeharness.workbench.budget.BudgetScope;
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

/** {@code mae plan}. */
@Command(
        name = "plan",
        description =
                "Say what reproduce would run: stages (shared ones once), FLOPs, memory and, after a short"
                        + " calibration, time; with --gpu, hours and memory of each table on GPUs that need not be here. Measures nothing.")
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE[/CASE]", description = "as for reproduce")
    private List<String> selectors = new ArrayList<>();

    @Option(names = "--no-calibration", description = "do not time this machine; the time stays unknown")
    private boolean withoutCalibration;

    @Mixin
    private BudgetOptions budget = new BudgetOptions();

    @Mixin
    private MetricsOption metrics = new MetricsOption();

    @Mixin
    private PublishedOption published = new PublishedOption();

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Mixin
    private ForecastOptions forecast = new ForecastOptions();

    @Override
    public Integer call() {
        return forecast.isGiven() ? foretell() : plan();
    }

    private int foretell() {
        if (budget.isGiven()) {
            throw new HarnessException(
                    Kind.USAGE, "--gpu: a budget is spent by this machine's pace; leave it out, or --gpu");
        }
        Session session = published.applied(options.openOn(forecast::compute).assumingImages());
        Plan plan = session.plan(metrics.applied(session.selection(selectors)));
        List<PlannedStage> open = session.states(plan).openStages();
        session.requireImagesToDraw(open);
        GpuForecast foretold = GpuForecast.of(plan, open, options.machine(forecast));
        int finished = plan.stages().size() - open.size();
        Terminal terminal = Terminal.of(spec);
        if (forecast.json()) {
            terminal.say(ForecastJson.of(session, foretold, finished));
        } else {
            new ForecastText(session, foretold, finished).lines().forEach(terminal::say);
        }
        return ExitCode.OK.code();
    }

    private int plan() {
        Terminal terminal = Terminal.of(spec);
        Session session = published.applied(options.open());
        if (budget.isGiven()) {
            budget.requireAlone(selectors, options.settings().chooseSeeds(), metrics.isGiven());
        }
        Optional<BudgetScope> scope =
                budget.isGiven() ? Optional.of(BudgetScope.of(session, selectors)) : Optional.empty();
        Selection selection =
                scope.map(BudgetScope::once).orElseGet(() -> metrics.applied(session.selection(selectors)));
        Plan plan = session.plan(selection);
        PlanForecast here = new PlanForecast(session, plan, !withoutCalibration);
        session.requireImagesToDraw(here.open());
        PlanText text = new PlanText(session, here);
        terminal.say(text.head(session.settings().name()));
        text.stages().forEach(terminal::say);
        OtherPrecision.remark(session, selection, plan, here.open()).ifPresent(terminal::say);
        text.size().forEach(terminal::say);
        terminal.say(text.time());
        scope.ifPresent(spent -> new BudgetForecast(session, spent)
                .lines(budget.limit(), here.pace(), here.open())
                .forEach(terminal::say));
        return ExitCode.OK.code();
    }
}
