package io.maeharness.cli;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.run.StageStates;
import io.maeharness.cli.progress.Durations;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        description = "Say what reproduce would run: stages (shared ones once), FLOPs, memory and, after a short"
                + " calibration, time. Measures nothing.")
final class PlanCommand implements Callable<Integer> {
    private static final double FLOPS_A_MAC = 2;
    private static final double GIGA = 1e9;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE[/CASE]", description = "as for reproduce")
    private List<String> selectors = new ArrayList<>();

    private Optional<Calibration> calibration = Optional.empty();

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

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Session session = published.applied(options.open());
        if (budget.isGiven()) {
            budget.requireAlone(selectors, options.settings().chooseSeeds(), metrics.isGiven());
        }
        Optional<BudgetScope> scope =
                budget.isGiven() ? Optional.of(BudgetScope.of(session, selectors)) : Optional.empty();
        Selection selection = scope.isPresent() ? scope.get().once() : metrics.applied(session.selection(selectors));
        Plan plan = session.plan(selection);
        StageStates states = session.states(plan);
        List<PlannedStage> open = states.openStages();
        var compute = session.compute();
        out.printf(
                "profile %s on %s, %d workers, %s%n",
                session.settings().name(),
                String.join(", ", compute.devices()),
                WorkerCount.of(compute, open),
                compute.precision().name().toLowerCase(Locale.ROOT));
        printStages(out, plan, open);
        states.takenFrom().forEach((from, count) -> out.printf("%-14s %4d stages, from %s%n", "taken", count, from));
        OtherPrecision.remark(session, selection, plan, open).ifPresent(out::println);
        out.printf(
                Locale.ROOT,
                "FLOPs   %.3g (2 a multiply-accumulate; training counts 6)%n",
                FLOPS_A_MAC * open.stream().mapToDouble(stage -> stage.macs()).sum());
        double memory =
                plan.stages().stream().mapToDouble(stage -> stage.bytes()).max().orElse(0);
        out.printf(Locale.ROOT, "memory  about %.1f GiB a worker at most%n", memory / (1 << 30));
        out.flush();
        out.println("time    " + time(session, plan, open));
        scope.ifPresent(spent -> new BudgetForecast(session, options, published, spent)
                .lines(budget.limit(), pace(session, plan), open)
                .forEach(out::println));
        out.flush();
        return ExitCode.OK.code();
    }

    /** One line a kind: how many stages, how many of them are done, and how many cases each serves. */
    private static void printStages(PrintWriter out, Plan plan, List<PlannedStage> open) {
        Map<String, List<PlannedStage>> kinds = new LinkedHashMap<>();
        plan.stages().forEach(stage -> kinds.computeIfAbsent(stage.stage().kind(), kind -> new ArrayList<>())
                .add(stage));
        kinds.forEach((kind, stages) -> {
            long left = stages.stream().filter(open::contains).count();
            int uses = stages.stream().mapToInt(stage -> stage.cases().size()).sum();
            out.printf("%-14s %4d stages for %4d uses, %d to run%n", kind, stages.size(), uses, left);
        });
        out.printf("%-14s %4d stages, %d to run%n", "total", plan.stages().size(), open.size());
    }

    private String time(Session session, Plan plan, List<PlannedStage> open) {
        if (open.isEmpty()) {
            return "nothing is left to run";
        }
        if (withoutCalibration) {
            return "not calibrated";
        }
        if (open.stream().allMatch(stage -> stage.stage().leastSeconds().isPresent())) {
            return "at least " + durations(MachinePace.unknown(session), open);
        }
        MachinePace finished = MachinePace.learned(session, plan);
        String here = String.format(
                Locale.ROOT,
                " on this machine, %s, %d workers",
                session.compute().precision().name().toLowerCase(Locale.ROOT),
                WorkerCount.of(session.compute(), open));
        if (finished.isKnown()) {
            return "about " + durations(finished, open) + here + ", as the finished stages say";
        }
        Calibration calibration = calibration(session);
        if (!calibration.problem().isEmpty()) {
            return "unknown, the calibration failed: " + calibration.problem();
        }
        return "about " + durations(MachinePace.of(session, calibration), open) + here
                + String.format(
                        Locale.ROOT,
                        " (a worker alone computes %.0f GFLOP/s of pre-training; other stages may differ, and workers"
                                + " slow each other down)",
                        FLOPS_A_MAC / calibration.secondsPerMac() / GIGA);
    }

    /** Run at most once, whoever asks. */
    private Calibration calibration(Session session) {
        if (calibration.isEmpty()) {
            calibration = Optional.of(Calibration.run(session));
        }
        return calibration.get();
    }

    /** By which a budget is foretold. */
    private MachinePace pace(Session session, Plan plan) {
        MachinePace learned = MachinePace.learned(session, plan);
        if (learned.isKnown()) {
            return learned;
        }
        return withoutCalibration ? MachinePace.unknown(session) : MachinePace.of(session, calibration(session));
    }

    private static String durations(MachinePace pace, List<PlannedStage> open) {
        return pace.time(open).map(Durations::words).orElse("unknown");
    }
}
