package io.maeharness.cli;

import io.maeharness.ablations.plan.Selection;
import io.maeharness.workbench.PlanForecast;
import io.maeharness.workbench.PlanOnGpus;
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
        Terminal terminal = Terminal.of(spec);
        if (forecast.isGiven()) {
            budget.requireAbsent("--gpu");
            Session session =
                    published.applied(options.openOn(forecast::compute).assumingImages());
            Selection selection = metrics.applied(session.selection(selectors));
            forecast.told(PlanOnGpus.of(session, selection, options.machine(forecast)))
                    .forEach(terminal::say);
            return ExitCode.OK.code();
        }
        Session session = published.applied(options.open());
        Optional<BudgetScope> scope = scope(session);
        Selection selection =
                scope.map(BudgetScope::once).orElseGet(() -> metrics.applied(session.selection(selectors)));
        PlanForecast here = new PlanForecast(session, selection, !withoutCalibration);
        new PlanText(session, here).tell(terminal::say);
        scope.ifPresent(spent -> new BudgetForecast(session, spent)
                .lines(budget.limit(), here.pace(), here.open())
                .forEach(terminal::say));
        return ExitCode.OK.code();
    }

    private Optional<BudgetScope> scope(Session session) {
        if (!budget.isGiven()) {
            return Optional.empty();
        }
        budget.requireAlone(selectors, options.settings().chooseSeeds(), metrics.isGiven(), false);
        return Optional.of(BudgetScope.of(session, selectors));
    }
}
