package io.maeharness.workbench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.device.Devices;
import io.maeharness.core.device.EngineCheck;
import io.maeharness.core.device.Gpu;
import io.maeharness.core.device.GpuTrial;
import io.maeharness.core.device.Processor;
import io.maeharness.interop.onnx.OnnxGpu;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NativeChecksTest {
    private static final Devices TWO_GPUS = new Devices(
            new Processor("one", Set.of("avx2")),
            List.of(new Gpu(0, "NVIDIA H100", 9.0), new Gpu(1, "NVIDIA H100", 9.0)),
            Optional.empty(),
            "nvidia-smi lists 2");

    @Test
    void anEngineThatDoesNotComputeIsToBeRepaired() {
        Finding engine = finding("engine", new EngineCheck(Map.of("problem", "exit code 1")));
        assertEquals(Finding.Level.FAIL, engine.level());
        assertTrue(engine.toString().contains("exit code 1"), engine.toString());
    }

    @Test
    void gpusThatTheDriverListsAndTheEngineCannotUseAreAFinding() {
        Map<String, String> facts = Map.of("product", "2", "engine", "PyTorch", "cuda", "true", "gpus", "0");
        Devices one = new Devices(
                TWO_GPUS.processor(),
                TWO_GPUS.gpus().subList(1, 2),
                TWO_GPUS.natives(),
                Map.of("gpu:0", "CUDA error: out of memory"),
                TWO_GPUS.asked());
        Finding gpus = NativeChecks.of(TWO_GPUS, new GpuTrial(one, new EngineCheck(facts)), Optional::empty).stream()
                .filter(finding -> finding.subject().equals("gpu engine"))
                .findFirst()
                .orElseThrow();
        assertEquals(Finding.Level.WARN, gpus.level());
        assertTrue(
                gpus.toString()
                        .contains(
                                "the driver lists 2, the engine computes on 1: gpu:0 cannot be used: CUDA error: out of"),
                gpus.toString());
    }

    @Test
    void gpusThatComputeAreNone() {
        Map<String, String> facts = Map.of("product", "2", "engine", "PyTorch", "cuda", "true", "gpus", "2");
        assertEquals(
                Finding.Level.OK, finding("gpu engine", new EngineCheck(facts)).level());
    }

    /** The natives of the tests are those of the processor. */
    @Test
    void aGpuThatOnnxRuntimeCannotUseIsAFinding() {
        EngineCheck check = new EngineCheck(Map.of("product", "2", "engine", "PyTorch", "gpus", "2"));
        Finding none = NativeChecks.of(TWO_GPUS, new GpuTrial(TWO_GPUS, check), OnnxGpu::problem).stream()
                .filter(one -> one.subject().equals("gpu onnx"))
                .findFirst()
                .orElseThrow();
        assertEquals(Finding.Level.WARN, none.level());
        assertTrue(none.toString().contains("computes on the processor only; build with -Pcuda"), none.toString());
        assertEquals(Finding.Level.OK, finding("gpu onnx", check).level());
    }

    private static Finding finding(String name, EngineCheck check) {
        return NativeChecks.of(TWO_GPUS, new GpuTrial(TWO_GPUS, check), Optional::empty).stream()
                .filter(one -> one.subject().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
