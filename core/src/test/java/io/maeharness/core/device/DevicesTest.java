package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
    private static final EngineNatives CPU_ONLY = new EngineNatives("2.7.1", "cpu", "class path");
    private static final EngineNatives CUDA = new EngineNatives("2.7.1", "cu128", "class path");
    private static final List<Gpu> TWO_GPUS = List.of(new Gpu(0, "NVIDIA H200", 9.0), new Gpu(1, "Tesla V100", 7.0));

    @Test
    void autoIsTheProcessorWithoutAGpu() {
        assertEquals(List.of("cpu"), machine(List.of(), CPU_ONLY).resolve("auto"));
    }

    @Test
    void autoTakesEveryGpuThatTheNativesCanUse() {
        assertEquals(List.of("gpu:0", "gpu:1"), machine(TWO_GPUS, CUDA).resolve("auto"));
        assertEquals(List.of("cpu"), machine(TWO_GPUS, CPU_ONLY).resolve("auto"));
    }

    @Test
    void oneGpuCanBeChosen() {
        assertEquals(List.of("gpu:1"), machine(TWO_GPUS, CUDA).resolve("gpu:1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "gpu:0"})
    void aDemandedGpuThatIsNotThereSaysWhatWasLookedForAndTheWayOut(String option) {
        String message = refusal(machine(List.of(), CPU_ONLY), option);
        assertEquals(
                "--device " + option + ": no such CUDA GPU (nvidia-smi is not installed); use --device cpu or auto, or"
                        + " install the NVIDIA driver",
                message);
    }

    @Test
    void aGpuOfAnotherNumberIsRefusedWithThoseThereAre() {
        assertTrue(refusal(machine(TWO_GPUS, CUDA), "gpu:7").contains("gpu:0, gpu:1"));
    }

    @Test
    void nativesWithoutCudaCannotServeAGpu() {
        assertTrue(refusal(machine(TWO_GPUS, CPU_ONLY), "gpu").contains("-Pcuda"));
    }

    @Test
    void severalGpusCanBeGivenToOneWorker() {
        assertEquals(List.of("gpu:0+1"), machine(TWO_GPUS, CUDA).resolve("gpu:0+1"));
        assertEquals(Precision.FP32, machine(TWO_GPUS, CUDA).precision("auto", "gpu:0+1"));
        assertEquals(List.of("cpu+cpu"), machine(List.of(), CPU_ONLY).resolve("cpu+cpu"));
        assertTrue(refusal(machine(TWO_GPUS, CUDA), "gpu:0+7").contains("--device gpu:7: no such CUDA GPU"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu+cpu+cpu", "gpu:0+0", "gpu:0+", "cpu+gpu:0"})
    void devicesOfAWorkerAreAPowerOfTwoAndDiffer(String option) {
        assertThrows(
                InvalidSettingException.class, () -> machine(TWO_GPUS, CUDA).resolve(option));
    }

    @Test
    void anyOtherDeviceIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> machine(List.of(), CPU_ONLY)
                .resolve("tpu"));
    }

    @Test
    void autoPrecisionIsBf16WhereTheDeviceHasIt() {
        Devices devices = machine(TWO_GPUS, CUDA);
        assertEquals(Precision.BF16, devices.precision("auto", "gpu:0"));
        assertEquals(Precision.FP32, devices.precision("auto", "gpu:1"));
        assertEquals(Precision.BF16, devices.precision("auto", "cpu"));
        Devices old = new Devices(new Processor("one", Set.of("avx2")), List.of(), Optional.empty(), "");
        assertEquals(Precision.FP32, old.precision("auto", "cpu"));
        assertEquals(Precision.BF16, old.precision("bf16", "cpu"));
    }

    @Test
    void featuresAreReadFromTheSystemsList() {
        Processor processor = Processor.ofCpuInfo(List.of(
                "vendor_id\t: AuthenticAMD",
                "cpu family\t: 25",
                "model\t\t: 17",
                "model name\t: any",
                "flags\t\t: fpu avx2 avx512f avx512_bf16",
                "flags\t\t: fpu"));
        assertEquals(List.of("avx512_bf16"), processor.bf16Features());
        assertEquals("avx512f", processor.widestVectors());
        assertEquals("AuthenticAMD 25 17", processor.kind());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no sh")
    void gpusAreReadFromTheDriversTable() {
        NvidiaSmi answer = answered(
                "0, 9.0, GPU-5d5ba0d6, 570.86.15, 143771 MiB, Disabled, NVIDIA H200",
                "1, [N/A], [N/A], [N/A], [N/A], [N/A], Old, with a comma");
        assertEquals(
                List.of(
                        new Gpu(0, "NVIDIA H200", 9.0, "GPU-5d5ba0d6", "570.86.15", 143771.0 * 1024 * 1024),
                        new Gpu(1, "Old, with a comma", 0)),
                answer.gpus());
        assertEquals("sh lists 2", answer.asked());
    }

    /** The tool ends with an error for one card of several, or writes what is wrong in place of its values. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no sh")
    void aCardThatIsLostHidesNoOther() {
        NvidiaSmi answer = answered(
                "0, 9.0, GPU-aa, 570.86.15, 81559 MiB, Disabled, NVIDIA H100",
                "1, 9.0, GPU-bb, 570.86.15, [GPU requires reset], Disabled, NVIDIA H100",
                "Unable to determine the device handle for GPU2: 0000:3B:00.0: GPU is lost.; exit 15");
        Devices devices = Devices.of(answer, VisibleGpus.of(Optional.empty(), Optional.empty()));
        assertEquals(List.of("GPU-aa"), devices.gpus().stream().map(Gpu::uuid).toList());
        assertEquals(List.of("gpu:1 cannot be used: nvidia-smi says 'GPU requires reset'"), devices.leftOut());
        assertTrue(answer.asked().startsWith("sh lists 2, and says 'Unable to determine the device"), answer.asked());
        assertTrue(refusal(devices, "gpu:1").startsWith("--device gpu:1: gpu:1 cannot be used: nvidia-smi says 'GPU"));
    }

    @Test
    void aDividedCardIsItsInstances() {
        Devices devices = divided();
        assertEquals(List.of("gpu:0.0", "gpu:0.1", "gpu:1"), devices.resolve("auto"));
        assertEquals(List.of("gpu:0.1"), devices.resolve("gpu:0.1"));
        assertEquals(List.of(10e9, 85e9), devices.bytes(List.of("gpu:0.0", "gpu:1")));
        assertEquals(
                "--device gpu:0: this card is divided (MIG); name an instance of it: gpu:0.0, gpu:0.1",
                refusal(devices, "gpu:0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu:0.0+0.1", "gpu:0+1", "gpu:0.0+1"})
    void instancesDoNotComputeAStageTogether(String option) {
        assertTrue(refusal(divided(), option)
                .startsWith("--device " + option + ": instances of a divided card (MIG) cannot compute a stage"
                        + " together, as a process sees one of them"));
    }

    @Test
    void numbersThatMayMeanSomebodyElsesCardAreRefusedWithTheWayOut() {
        NvidiaSmi mixed = new NvidiaSmi(TWO_GPUS, Map.of(), "nvidia-smi lists 2");
        Devices devices = Devices.of(mixed, VisibleGpus.of(Optional.of("1"), Optional.empty()));
        assertEquals(List.of("cpu"), devices.resolve("auto"));
        assertTrue(refusal(devices, "gpu:1").contains("set CUDA_DEVICE_ORDER=PCI_BUS_ID, or name UUIDs"));
        assertTrue(refusal(devices, "gpu").contains("no CUDA GPU that can be used"));
    }

    private static Devices divided() {
        Gpu card = new Gpu(0, "NVIDIA H100", 9.0, "GPU-a", "570", 85e9);
        return machine(
                List.of(
                        card.instance(0, "1g.10gb", "MIG-x", 10e9),
                        card.instance(1, "1g.10gb", "MIG-y", 10e9),
                        new Gpu(1, "NVIDIA H100", 9.0, "GPU-b", "570", 85e9)),
                CUDA);
    }

    /** A tool that prints these lines; what follows the last one's semicolon is done after. */
    private static NvidiaSmi answered(String... lines) {
        String last = lines[lines.length - 1];
        int end = last.indexOf(';');
        lines[lines.length - 1] = end < 0 ? last : last.substring(0, end);
        return NvidiaSmi.ask(
                List.of(
                        "sh",
                        "-c",
                        "echo '" + String.join("'; echo '", lines) + "'" + (end < 0 ? "" : last.substring(end))),
                10,
                question -> List.of());
    }

    @Test
    void aMissingDriverToolIsNoGpu() {
        NvidiaSmi answer = NvidiaSmi.ask(List.of("no-such-tool-here"), 1, question -> List.of());
        assertEquals(List.of(), answer.gpus());
        assertEquals("no-such-tool-here is not installed", answer.asked());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no sh")
    void aDriverThatHangsIsNotWaitedForForEver() {
        NvidiaSmi answer = NvidiaSmi.ask(List.of("sh", "-c", "echo 0; exec sleep 60"), 1, question -> List.of());
        assertEquals(List.of(), answer.gpus());
        assertEquals("sh does not answer", answer.asked());
    }

    private static Devices machine(List<Gpu> gpus, EngineNatives natives) {
        return new Devices(
                new Processor("one", Set.of("avx512_bf16")), gpus, Optional.of(natives), "nvidia-smi is not installed");
    }

    private static String refusal(Devices devices, String option) {
        HarnessException e = assertThrows(HarnessException.class, () -> devices.resolve(option));
        assertEquals(Kind.DEVICE, e.kind());
        return e.getMessage();
    }
}
