package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceMemoryTest {
    @Test
    void aMachineHasWhatTheSystemCanHandOut() {
        assertEquals(
                2048 * 1024.0,
                DeviceMemory.ofMemInfo(List.of("MemTotal: 9000 kB", "MemFree:  1 kB", "MemAvailable:   2048 kB")));
    }

    @Test
    void aGpuTellsMebibytes() {
        assertEquals(142_000 * 1048576.0, DeviceMemory.ofGpu(List.of("142000")));
        assertEquals(0, DeviceMemory.ofGpu(List.of("[N/A]")));
        assertEquals(0, DeviceMemory.ofGpu(List.of()));
    }

    /** The tool would tell of the card, whose memory is that of all instances. */
    @Test
    void anInstanceHasItsOwnAndTheCardOfTheEntryIsAskedFor() {
        Gpu card = new Gpu(0, "NVIDIA H100", 9.0, "GPU-a", "570", 85e9);
        List<Gpu> known = List.of(card.instance(0, "1g.10gb", "MIG-x", 1e10));
        assertEquals(1e10, DeviceMemory.ofGpu("MIG-x", known, entry -> List.of("80000")));
        assertEquals(
                5 * 1048576.0,
                DeviceMemory.ofGpu("GPU-b", known, entry -> entry.equals("GPU-b") ? List.of("5") : List.of("80000")));
    }

    @Test
    void thisMachineHasMemory() {
        assertTrue(DeviceMemory.freeBytes("cpu") > 1e6);
    }
}
