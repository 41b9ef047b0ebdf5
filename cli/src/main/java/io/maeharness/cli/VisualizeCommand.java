package io.maeharness.cli;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.workbench.Session;
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

/** {@code mae visualize}. */
@Command(
        name = "visualize",
        description = "Draw validation images as the paper's figures 2 and 6 do: original, masked, reconstruction.")
final class VisualizeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE[/CASE]", description = "whose pre-training draws (default: the default case)")
    private List<String> selectors = new ArrayList<>();

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "" + PlanRun.PICTURES,
            description = "pictures a case (default: ${DEFAULT-VALUE})")
    private int images;

    @Mixin
    private ImportOption importing = new ImportOption();

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        List<String> chosen = selectors.isEmpty() ? PlanRun.DRAWN : selectors;
        Session session = importing.applied(options.open(), chosen);
        if (!session.canReconstruct()) {
            throw new HarnessException(
                    Kind.USAGE,
                    "the imported model has no decoder that could reconstruct, so there is nothing to draw; import a"
                            + " file of the whole masked autoencoder");
        }
        Plan plan = session.reconstructions(session.selection(chosen), SettingsOptions.atLeastOne("--images", images));
        if (plan.stages().isEmpty()) {
            throw new HarnessException(
                    Kind.USAGE,
                    "there is nothing to draw for " + String.join(", ", chosen)
                            + ": it measures time, or the profile leaves it out; name another case");
        }
        return ExitCode.of(new PlanRun(session, Terminal.of(spec)).draw(plan)).code();
    }
}
