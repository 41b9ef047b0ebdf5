package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GpuFactsTest {
    private static final List<Gpu> TWO = List.of(
            new Gpu(0, "NVIDIA H100", 9.0, "GPU-a", "570.86.15", 85e9),
            new Gpu(3, "NVIDIA H100", 9.0, "GPU-b", "570.86.15", 85e9));

    @Test
    void aDeviceIsNamedWithItsKindSoThatOutcomesOfKindsAreToldApart() {
        assertEquals("gpu:3 NVIDIA H100", GpuFacts.described("gpu:3", TWO));
        assertEquals("gpu:0+3 NVIDIA H100", GpuFacts.described("gpu:0+3", TWO));
        assertEquals("cpu", GpuFacts.described("cpu", TWO));
        assertEquals("gpu:7", GpuFacts.described("gpu:7", TWO));
    }

    @Test
    void theProcesssOwnMemoryOnAllGpusIsSummed() {
        assertEquals(
                Map.of("GPU driver", "570.86.15", "GPU memory held by the worker, bytes", Long.toString(3L << 30)),
                GpuFacts.of(TWO, List.of("77, 1024", "12, 9", "77, 2048", "78, [N/A]"), 77));
        assertEquals(Map.of("GPU driver", "570.86.15"), GpuFacts.of(TWO, List.of(), 77));
    }

    @Test
    void ofSeveralGpusTheSmallestLimitsWhatEachComputesAtOnce() {
        List<Gpu> mixed = List.of(TWO.get(0), new Gpu(1, "small", 8.0, "GPU-c", "570.86.15", 25e9));
        assertEquals(85e9, GpuFacts.bytes("gpu:0", mixed));
        assertEquals(25e9, GpuFacts.bytes("gpu:0+1", mixed));
        assertEquals(0, GpuFacts.bytes("gpu:7", mixed));
        assertEquals(0, GpuFacts.bytes("cpu"));
    }

    @Test
    void theProcessorSaysNothing() {
        assertEquals(Map.of(), GpuFacts.of("cpu"));
        assertEquals("cpu+cpu", GpuFacts.described("cpu+cpu"));
        assertFalse(GpuFacts.isGpu("cpu"));
        assertFalse(GpuFacts.isGpu("none"));
        assertTrue(GpuFacts.isGpu("gpu:0+1"));
    }
}
