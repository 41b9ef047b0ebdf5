package io.maeharness.core.device;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What this machine can compute on, and what {@code --device} and {@code --precision} mean on it.
 *
 * @param processor its instruction set
 * @param gpus its CUDA devices
 * @param natives the engine's natives, as far as they are found before it is loaded
 * @param asked what was looked for to find the GPUs, in words
 */
public record Devices(Processor processor, List<Gpu> gpus, Optional<EngineNatives> natives, String asked) {
    /** The processor as a device. */
    public static final String CPU = "cpu";

    private static final String GPU = "gpu";

    /** Copies the list. */
    public Devices {
        gpus = List.copyOf(gpus);
    }

    /** Looks at this machine; takes a moment where there is a GPU driver. */
    public static Devices detect() {
        NvidiaSmi driver = NvidiaSmi.ask();
        VisibleGpus visible = VisibleGpus.current();
        List<Gpu> left = visible.of(driver.gpus());
        String hidden = left.size() < driver.gpus().size() ? ", " + visible.words() + " leaves " + left.size() : "";
        return new Devices(Processor.current(), left, EngineNatives.find(), driver.asked() + hidden);
    }

    /** A machine of which the engine can use no GPU, because of what it said when it was tried. */
    public Devices withoutGpus(String reason) {
        return new Devices(processor, List.of(), natives, asked + ", but " + reason);
    }

    /** Whether the driver lists a GPU that the engine's natives are built for, so that trying it is worth its time. */
    public boolean hasCandidates() {
        return !gpus.isEmpty() && nativesUseGpus();
    }

    /**
     * The devices that {@code --device} means, one for a worker each: {@code cpu}, or one or more {@code gpu:N}.
     *
     * <p>{@code auto} takes every GPU that the engine's natives can use, else the processor; {@code gpu} demands them;
     * {@code gpu:N} demands one. With {@code +} one worker has several, which compute a stage together: {@code gpu:0+1}, or
     * {@code cpu+cpu} to try that without a GPU.
     *
     * @throws HarnessException of kind DEVICE when a demanded GPU is not there or the natives cannot use it
     * @throws InvalidSettingException for any other text
     */
    public List<String> resolve(String option) {
        if (option.equals(CPU)) {
            return List.of(CPU);
        }
        if (option.equals("auto")) {
            return hasCandidates() ? names(gpus) : List.of(CPU);
        }
        if (option.equals(GPU)) {
            return names(demanded(option));
        }
        if (option.matches("cpu(\\+cpu)+|gpu:\\d{1,4}(\\+\\d{1,4})*")) {
            return List.of(together(option));
        }
        throw new InvalidSettingException("--device takes auto, cpu, gpu, gpu:N or gpu:N+M, got '" + option + "'");
    }

    /** Devices of one worker, each of which computes the same share of a step. */
    private String together(String option) {
        List<String> members = List.of(option.substring(option.indexOf(':') + 1).split("\\+", -1));
        boolean gpu = option.startsWith(GPU);
        if (Integer.bitCount(members.size()) != 1 || (gpu && Set.copyOf(members).size() < members.size())) {
            throw new InvalidSettingException("--device " + option
                    + ": a stage is computed on 1, 2, 4, 8 or another power of two of devices, each named once");
        }
        if (gpu) {
            members.forEach(member -> demanded(GPU + ":" + member));
        }
        return option;
    }

    /**
     * The number format that {@code --precision} means on a device.
     *
     * <p>{@code auto} is bf16 where the device multiplies it natively and fp32 elsewhere.
     *
     * @param device as {@link #resolve} names it
     * @throws InvalidSettingException for a text other than {@code auto}, {@code fp32} and {@code bf16}
     */
    public Precision precision(String option, String device) {
        return switch (option) {
            case "fp32" -> Precision.FP32;
            case "bf16" -> Precision.BF16;
            case "auto" -> nativeBf16(device) ? Precision.BF16 : Precision.FP32;
            default -> throw new InvalidSettingException("--precision takes auto, fp32 or bf16, got '" + option + "'");
        };
    }

    /** Memory of the smallest GPU of some devices, bytes; 0 for a processor, and where the driver does not tell. */
    public double bytes(List<String> devices) {
        return devices.stream()
                .mapToDouble(device -> GpuFacts.bytes(device, gpus))
                .min()
                .orElse(0);
    }

    private boolean nativeBf16(String device) {
        List<Integer> members = EngineProcess.gpus(device);
        if (members.isEmpty()) {
            return !processor.bf16Features().isEmpty();
        }
        return gpus.stream().filter(gpu -> members.contains(gpu.index())).allMatch(Gpu::nativeBf16);
    }

    private List<Gpu> demanded(String option) {
        List<Gpu> meant = gpus.stream()
                .filter(gpu -> option.equals(GPU) || name(gpu).equals(option))
                .toList();
        if (meant.isEmpty()) {
            String found = gpus.isEmpty() ? asked : asked + ": " + String.join(", ", names(gpus));
            throw new HarnessException(
                    Kind.DEVICE,
                    "--device " + option + ": no such CUDA GPU (" + found
                            + "); use --device cpu or auto, or install the NVIDIA driver");
        }
        if (!nativesUseGpus()) {
            throw new HarnessException(
                    Kind.DEVICE,
                    "--device " + option + ": the engine's natives are built for the processor only ("
                            + natives.map(EngineNatives::origin).orElse("none found")
                            + "); build with ./mvnw -Pcuda -DskipTests package or set PYTORCH_LIBRARY_PATH, or use --device cpu");
        }
        return meant;
    }

    /** Natives that are not there yet are downloaded to fit the machine. */
    private boolean nativesUseGpus() {
        return natives.map(EngineNatives::cuda).orElse(true);
    }

    private static List<String> names(List<Gpu> gpus) {
        return gpus.stream().map(Devices::name).toList();
    }

    private static String name(Gpu gpu) {
        return GPU + ":" + gpu.index();
    }
}
