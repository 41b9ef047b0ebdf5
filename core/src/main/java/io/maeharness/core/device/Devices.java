package io.maeharness.core.device;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Optional;

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
     * The devices that {@code --device} means: {@code cpu}, or one or more {@code gpu:N}.
     *
     * <p>{@code auto} takes every GPU that the engine's natives can use, else the processor; {@code gpu} demands them;
     * {@code gpu:N} demands one.
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
        if (option.equals(GPU) || option.matches("gpu:\\d+")) {
            return names(demanded(option));
        }
        throw new InvalidSettingException("--device takes auto, cpu, gpu or gpu:N, got '" + option + "'");
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

    private boolean nativeBf16(String device) {
        if (device.equals(CPU)) {
            return !processor.bf16Features().isEmpty();
        }
        return gpus.stream().filter(gpu -> name(gpu).equals(device)).anyMatch(Gpu::nativeBf16);
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
