package io.maeharness.cli;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.tables.CustomTable;
import io.maeharness.core.config.Overrides;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.run.PlanRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mae run}. */
@Command(
        name = "run",
        description = "Measure a case of your own: the profile with the keys of --set changed, e.g."
                + " --set maskRatio=0.6 --set decoderDepth=3.")
final class RunCommand implements Callable<Integer> {
    /** Keys that change how a case is run and not what it measures. */
    private static final Set<String> OF_THE_RUN = Set.of("seeds", "firstSeed", "checkpointMinutes");

    @Spec
    private CommandSpec spec;

    @Option(names = "--force", description = "run finished stages of the case again")
    private boolean force;

    @Mixin
    private PublishedOption published = new PublishedOption();

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        options.settings().settings();
        Map<String, String> ofTheCase = new LinkedHashMap<>();
        Map<String, String> ofTheRun = new LinkedHashMap<>();
        options.settings().changes().forEach((key, value) -> (OF_THE_RUN.contains(key) ? ofTheRun : ofTheCase)
                .put(key, value));
        Session session = published.applied(
                options.open(Overrides.apply(options.settings().profileOnly(), ofTheRun)));
        Selection selection = Selection.whole(new CustomTable(ofTheCase), session.settings());
        Plan plan = session.plan(selection);
        session.requireTokenizerUsed(plan);
        return ExitCode.of(new PlanRun(session, Terminal.of(spec)).run(plan, force))
                .code();
    }
}
