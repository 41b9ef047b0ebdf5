package io.maeharness.cli;

import io.maeharness.ablations.forecast.Accelerator;
import io.maeharness.ablations.forecast.Accelerators;
import io.maeharness.ablations.forecast.GpuMachine;
import io.maeharness.core.device.DeviceGroup;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.stage.Precision;
import io.maeharness.workbench.Compute;
import io.maeharness.workbench.PlanOnGpus;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The options that foretell a plan on GPUs that need not be here. */
final class ForecastOptions {
    /** Cores beside a card: a DGX A100 has 128 for 8, a DGX H100 112. */
    private static final int CORES = 14;

    private static final String GPU = "gpu";

    @Option(
            names = "--gpu",
            paramLabel = "NAME",
            description = "foretell hours and memory of each table on GPUs that need not be here, e.g. --gpu h100; data"
                    + " sets need not be here either")
    private Optional<String> gpu = Optional.empty();

    @Option(names = "--count", paramLabel = "N", description = "how many of them (default: 1)")
    private Optional<Integer> count = Optional.empty();

    @Option(names = "--cores", paramLabel = "N", description = "processor cores for each of them (default: 14)")
    private Optional<Integer> cores = Optional.empty();

    @Option(names = "--json", description = "print the forecast of --gpu as JSON")
    private boolean json;

    /**
     * Whether a forecast is asked for.
     *
     * @throws HarnessException of kind USAGE for options that say nothing without {@code --gpu}
     */
    boolean isGiven() {
        if (gpu.isEmpty()) {
            refuseAlone("--count", count.isPresent());
            refuseAlone("--cores", cores.isPresent());
            refuseAlone("--json", json);
        }
        return gpu.isPresent();
    }

    private static void refuseAlone(String option, boolean given) {
        if (given) {
            throw new HarnessException(Kind.USAGE, option + " belongs to a forecast; name the GPU, as --gpu h100");
        }
    }

    /** A forecast as the options want it, in lines. */
    List<String> told(PlanOnGpus plan) {
        return json ? List.of(ForecastJson.of(plan)) : new ForecastText(plan).lines();
    }

    /**
     * The cards.
     *
     * @throws HarnessException of kind USAGE for a name that is not known, or numbers that do not fit
     */
    GpuMachine machine(DeviceOptions device) {
        try {
            return new GpuMachine(
                    accelerator(),
                    SettingsOptions.atLeastOne("--count", count.orElse(1)),
                    SettingsOptions.atLeastOne("--cores", cores.orElse(CORES)),
                    members(device.machine().device()).size());
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.USAGE, e.getMessage(), e);
        }
    }

    private Accelerator accelerator() {
        try {
            return Accelerators.known().named(gpu.orElseThrow());
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.USAGE, "--gpu: " + e.getMessage(), e);
        }
    }

    /**
     * What computes, as a plan has to know it.
     *
     * @throws HarnessException of kind USAGE for options that mean this machine
     */
    Compute compute(DeviceOptions device) {
        if (device.machine().hasWorkers()) {
            throw new HarnessException(Kind.USAGE, "--workers: a forecast has one worker a GPU; say --count instead");
        }
        GpuMachine machine = machine(device);
        List<String> members = members(device.machine().device());
        List<String> slots = IntStream.range(0, members.size() == 1 ? machine.slots() : 1)
                .mapToObj(slot -> members.size() == 1
                        ? GPU + ":" + slot
                        : device.machine().device())
                .toList();
        return new Compute(slots, precision(device.precision(), machine.accelerator()), machine.slots(), true);
    }

    /** Cards that compute a stage together, each by some name. */
    private static List<String> members(String device) {
        if (device.equals(MachineOptions.AUTO) || device.equals(GPU)) {
            return List.of(GPU);
        }
        List<String> members =
                DeviceGroup.isNamedBy(device) && device.startsWith(GPU) ? DeviceGroup.members(device) : List.of();
        if (members.size() < 2) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--device " + device + ": with --gpu it says how many compute a stage together, as gpu:0+1; leave"
                            + " it out for one");
        }
        return members;
    }

    private static Precision precision(String option, Accelerator accelerator) {
        return switch (option) {
            case "auto" -> accelerator.precision();
            case "fp32" -> Precision.FP32;
            case "bf16" -> {
                if (!accelerator.bf16()) {
                    throw new HarnessException(
                            Kind.USAGE,
                            "--precision bf16: " + accelerator.title() + " has none natively; leave it out for fp32");
                }
                yield Precision.BF16;
            }
            default ->
                throw new HarnessException(Kind.USAGE, "--precision takes auto, fp32 or bf16, got '" + option + "'");
        };
    }
}
