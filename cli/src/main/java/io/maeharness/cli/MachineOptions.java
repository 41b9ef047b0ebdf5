package io.maeharness.cli;

import io.maeharness.core.device.Devices;
import io.maeharness.core.device.GpuTrial;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.stage.Precision;
import io.maeharness.workbench.Compute;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say which devices compute, and how many processes: none of them changes a result. */
final class MachineOptions {
    static final String AUTO = "auto";

    private static final int MOST_WORKERS = 1024;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = AUTO,
            description =
                    "auto, cpu, gpu (all of them, a worker each), gpu:N, gpu:N.M for an instance (MIG), or gpu:0+1 for several that compute each stage together (default: auto)")
    private String device = AUTO;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "worker processes (default: one for each core, as far as memory goes, or one for each GPU, more where models are small)")
    private Optional<Integer> workers = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * What the options mean on a machine. Where a GPU may be meant, the engine is tried on it first: what it can use decides
     * the number format, and with it which results are meant.
     *
     * @param automatic the device where none is asked for
     * @param precision the number format on a device
     * @throws HarnessException of kind DEVICE for a GPU that is not there, USAGE for a value that is not known
     */
    Compute resolve(Devices machine, String automatic, Function<String, Precision> precision) {
        try {
            String wanted = device.equals(AUTO) ? automatic : device;
            Devices usable = tried(machine, wanted);
            List<String> devices = usable.resolve(wanted);
            int count = workers.map(MachineOptions::limited)
                    .orElseGet(() -> devices.get(0).equals(Devices.CPU)
                            ? Runtime.getRuntime().availableProcessors()
                            : devices.size());
            return new Compute(
                    devices, precision.apply(devices.get(0)), count, workers.isPresent(), usable.bytes(devices));
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.USAGE, e.getMessage(), e);
        }
    }

    /** The device as it was asked for. */
    String device() {
        return device;
    }

    /** Whether the number of processes was given. */
    boolean hasWorkers() {
        return workers.isPresent();
    }

    /** Each worker is a process of some hundred megabytes. */
    private static int limited(int workers) {
        if (SettingsOptions.atLeastOne("--workers", workers) > MOST_WORKERS) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--workers must be at most " + MOST_WORKERS + ", got " + workers
                            + "; one for each core is the most that helps");
        }
        return workers;
    }

    private Devices tried(Devices machine, String wanted) {
        if (wanted.startsWith(Devices.CPU)) {
            return machine;
        }
        PrintWriter err = spec.commandLine().getErr();
        Devices usable = machine.hasCandidates() ? GpuTrial.of(machine, line -> say(err, line)) : machine;
        usable.leftOut().forEach(line -> say(err, line + "; see ./mae doctor"));
        if (usable.gpus().isEmpty() && !usable.unusable().isEmpty() && wanted.equals(AUTO)) {
            say(err, "computing on the processor: " + usable.asked() + ", none of which can be used");
        }
        return usable;
    }

    private static void say(PrintWriter err, String line) {
        err.println(line);
        err.flush();
    }
}
