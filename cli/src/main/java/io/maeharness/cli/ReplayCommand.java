package io.maeharness.cli;

import io.maeharness.ablations.replay.Replay;
import io.maeharness.ablations.replay.ReplayRequest;
import io.maeharness.ablations.replay.ReplayedStage.Verdict;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.device.Devices;
import io.maeharness.core.stage.Precision;
import io.maeharness.results.ResultStore;
import io.maeharness.results.StoreFile;
import io.maeharness.workbench.Checkout;
import io.maeharness.workbench.Compute;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.run.ReplayRun;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae replay}. */
@Command(
        name = "replay",
        description = {
            "Compute published values again, from their provenance records alone, and compare bit by bit: values, the"
                    + " answer to every image, and what was drawn; then what of code and environment differs.",
            "On the same kind of processor and device, with the same Java, DJL, engine and ONNX Runtime, every bit has to"
                    + " be the same, whatever commit computed it: else the exit code is 21. On others, values may differ;"
                    + " the exit code is then 0 as long as the draws are equal and the 95 %% interval of the difference of"
                    + " each accuracy, from the answers to the same images, holds zero, and 21 if not. Times (table 2) are"
                    + " shown as ratios and not judged. What this code or these images cannot compute has exit code 22.",
            "The number format is that of the record, and --device auto is cpu for what a processor computed.",
            "An interrupted replay goes on where it stopped, unless the code has changed; a finished one leaves nothing"
                    + " behind."
        })
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE/CASE[/METRIC]", description = "e.g. table1f/block-75, table1f/block-75/ft")
    private String selector = "";

    @Option(names = "--seed", paramLabel = "N", description = "seed of the values (default: the lowest published)")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME|FILE",
            defaultValue = "quick",
            description = "whose published results are meant (default: ${DEFAULT-VALUE}); its settings are not used")
    private String profile = "quick";

    @Option(
            names = "--published",
            paramLabel = "DIR",
            description = "where the values are: a published directory or that of a run (default:"
                    + " results/published/<profile> of the checkout)")
    private Optional<Path> published = Optional.empty();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "where it is computed (default: runs/replay/<profile>/<table>-<case>-<seed>)")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--keep", description = "leave what was computed; the next replay computes it again all the same")
    private boolean keep;

    @Option(names = "--json", paramLabel = "FILE", description = "write the comparison as JSON, too")
    private Optional<Path> json = Optional.empty();

    @Mixin
    private MachineOptions machine = new MachineOptions();

    @Override
    public Integer call() {
        Settings settings = ProfileLoader.load(profile);
        ResultStore store = ResultDirectory.open(
                "--published", published.orElseGet(() -> Checkout.ofLauncher().published(settings.name())));
        ReplayRequest request = ReplayRequest.of(selector, seed);
        String device = ReplayRun.device(store, request).orElse(MachineOptions.AUTO);
        Compute compute = machine.resolve(Devices.detect(), device, any -> Precision.FP32);
        Session session =
                new Session(settings, compute, data.images(spec.commandLine().getErr()), Path.of(""));
        return computed(ReplayRun.of(session, store, request, output), Terminal.of(spec))
                .code();
    }

    private ExitCode computed(ReplayRun run, Terminal terminal) {
        ExitCode computed = ExitCode.of(run.measure(terminal));
        if (computed != ExitCode.OK) {
            return computed;
        }
        Replay replay = run.compared();
        terminal.out().print(ReplayText.of(replay));
        terminal.out().flush();
        json.ifPresent(file -> StoreFile.write(file.toAbsolutePath(), ReplayJson.of(replay)));
        run.end(keep, terminal);
        return replay.verdict() == Verdict.DIFFERENT ? ExitCode.REPLAY_DIFFERS : ExitCode.OK;
    }
}
