package io.maeharness.core.device;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.stage.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What this machine can compute on, and what {@code --device} and {@code --precision} mean on it.
 *
 * @param processor its instruction set
 * @param gpus its CUDA devices
 * @param natives the engine's natives, as far as they are found before it is loaded
 * @param unusable by name, as {@code gpu:1}, why a device that the driver lists is none of them
 * @param asked what was looked for to find the GPUs, in words
 */
public record Devices(
        Processor processor,
        List<Gpu> gpus,
        Optional<EngineNatives> natives,
        Map<String, String> unusable,
        String asked) {
    /** The processor as a device. */
    public static final String CPU = "cpu";

    private static final String GPU = "gpu";

    /** Copies list and map. */
    public Devices {
        gpus = List.copyOf(gpus);
        unusable = Collections.unmodifiableMap(new LinkedHashMap<>(unusable));
    }

    /** A machine of whose GPUs none is unusable. */
    public Devices(Processor processor, List<Gpu> gpus, Optional<EngineNatives> natives, String asked) {
        this(processor, gpus, natives, Map.of(), asked);
    }

    /** Looks at this machine; takes a moment where there is a GPU driver. */
    public static Devices detect() {
        return of(NvidiaSmi.ask(), VisibleGpus.current());
    }

    static Devices of(NvidiaSmi driver, VisibleGpus visible) {
        List<Gpu> left = visible.of(driver.gpus());
        String hidden = left.size() < driver.gpus().size() ? ", " + visible.words() + " leaves " + left.size() : "";
        Devices all = new Devices(
                Processor.current(), left, EngineNatives.find(), driver.unusable(), driver.asked() + hidden);
        return visible.doubt(driver.gpus())
                .map(doubt -> all.without(
                        left.stream().collect(Collectors.toMap(Devices::name, gpu -> doubt, (one, same) -> one))))
                .orElse(all);
    }

    /**
     * The machine without some of its GPUs.
     *
     * @param reasons why each of them cannot be used, by name
     */
    Devices without(Map<String, String> reasons) {
        Map<String, String> all = new TreeMap<>(unusable);
        all.putAll(reasons);
        return new Devices(
                processor,
                gpus.stream().filter(gpu -> !reasons.containsKey(name(gpu))).toList(),
                natives,
                all,
                asked);
    }

    /** A line for each reason why GPUs that the driver lists are left out, {@code gpu:1 cannot be used: ...}. */
    public List<String> leftOut() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        unusable.forEach((name, reason) ->
                names.computeIfAbsent(reason, any -> new ArrayList<>()).add(name));
        return names.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + " cannot be used: " + entry.getKey())
                .toList();
    }

    /** Whether the driver lists a GPU that the engine's natives are built for, so that trying it is worth its time. */
    public boolean hasCandidates() {
        return !gpus.isEmpty() && nativesUseGpus();
    }

    /**
     * The devices that {@code --device} means, one for a worker each: {@code cpu}, or one or more {@code gpu:N}.
     *
     * <p>{@code auto} takes every GPU that the engine's natives can use, else the processor; {@code gpu} demands them;
     * {@code gpu:N} demands one, {@code gpu:N.M} an instance of a card that is divided. With {@code +} one worker has several, which compute a stage together: {@code gpu:0+1}, or
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
        if (DeviceGroup.isNamedBy(option)) {
            return List.of(together(option));
        }
        throw new InvalidSettingException("--device takes auto, cpu, gpu, gpu:N or gpu:N+M, got '" + option + "'");
    }

    /** Devices of one worker, each of which computes the same share of a step. */
    private String together(String option) {
        List<String> members = DeviceGroup.members(option);
        if (option.startsWith(GPU)) {
            if (members.size() > 1 && members.stream().anyMatch(this::isOfADividedCard)) {
                throw new HarnessException(
                        Kind.DEVICE,
                        "--device " + option
                                + ": instances of a divided card (MIG) cannot compute a stage together, as a"
                                + " process sees one of them; --device gpu gives each a worker of its own");
            }
            members.forEach(member -> demanded(GPU + ":" + member));
        }
        return option;
    }

    private boolean isOfADividedCard(String number) {
        return number.indexOf('.') >= 0 || !instances(number).isEmpty();
    }

    /** The instances of a card. */
    private List<Gpu> instances(String number) {
        return gpus.stream()
                .filter(gpu -> gpu.instance().isPresent() && number.equals(Integer.toString(gpu.index())))
                .toList();
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

    /**
     * Memory of each of some devices, of several together that of the smallest, bytes; 0 for a processor, and where the
     * driver does not tell.
     */
    public List<Double> bytes(List<String> devices) {
        return devices.stream().map(device -> GpuFacts.bytes(device, gpus)).toList();
    }

    private boolean nativeBf16(String device) {
        List<String> members = EngineProcess.gpus(device);
        if (members.isEmpty()) {
            return !processor.bf16Features().isEmpty();
        }
        return gpus.stream().filter(gpu -> members.contains(gpu.number())).allMatch(Gpu::nativeBf16);
    }

    private List<Gpu> demanded(String option) {
        List<Gpu> meant = gpus.stream()
                .filter(gpu -> option.equals(GPU) || name(gpu).equals(option))
                .toList();
        if (meant.isEmpty()) {
            throw new HarnessException(Kind.DEVICE, "--device " + option + ": " + whyThereIsNo(option));
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

    private String whyThereIsNo(String option) {
        String wayOut = "; use --device cpu or auto";
        if (unusable.containsKey(option)) {
            return option + " cannot be used: " + unusable.get(option) + wayOut;
        }
        List<Gpu> instances = instances(option.replace(GPU + ":", ""));
        if (!instances.isEmpty()) {
            return "this card is divided (MIG); name an instance of it: " + String.join(", ", names(instances));
        }
        if (gpus.isEmpty() && !unusable.isEmpty()) {
            return "no CUDA GPU that can be used (" + asked + "; " + String.join("; ", leftOut()) + ")" + wayOut;
        }
        String found = gpus.isEmpty() ? asked : asked + ": " + String.join(", ", names(gpus));
        return "no such CUDA GPU (" + found + ")" + wayOut + ", or install the NVIDIA driver";
    }

    /** Natives that are not there yet are downloaded to fit the machine. */
    private boolean nativesUseGpus() {
        return natives.map(EngineNatives::cuda).orElse(true);
    }

    private static List<String> names(List<Gpu> gpus) {
        return gpus.stream().map(Devices::name).toList();
    }

    static String name(Gpu gpu) {
        return GPU + ":" + gpu.number();
    }
}
