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

    @Test
    void thisMachineHasMemory() {
        assertTrue(DeviceMemory.freeBytes("cpu") > 1e6);
    }
}
