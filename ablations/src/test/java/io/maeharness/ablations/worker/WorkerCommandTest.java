package io.maeharness.ablations.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerCommandTest {
    @TempDir
    private Path directory;

    private ProcessBuilder worker(String device) {
        return WorkerCommand.standard("2g").process(directory.resolve("log"), device);
    }

    @Test
    void aWorkerOfAGpuSeesItAlone() {
        Map<String, String> environment = worker("gpu:3").environment();
        assertEquals("3", environment.get("CUDA_VISIBLE_DEVICES"));
        assertEquals("PCI_BUS_ID", environment.get("CUDA_DEVICE_ORDER"));
        assertEquals("0", environment.get("NVIDIA_TF32_OVERRIDE"));
    }

    @Test
    void aWorkerOfTheProcessorIsToldNothingOfGpus() {
        assertNull(worker("cpu").environment().get("CUDA_DEVICE_ORDER"));
        assertNull(worker("cpu").environment().get("NVIDIA_TF32_OVERRIDE"));
    }

    @Test
    void aGpuIsFedByManyThreadsWhichOneCollectorWouldStop() {
        List<String> gpu = worker("gpu:0").command();
        assertTrue(gpu.lastIndexOf("-XX:-UseSerialGC") > gpu.lastIndexOf("-XX:+UseSerialGC"), gpu.toString());
        assertTrue(gpu.contains("-XX:+UseParallelGC") && gpu.contains("-Xmx8g"), gpu.toString());
        assertFalse(worker("cpu").command().contains("-XX:+UseParallelGC"));
    }

    /** Each would take the threads of all cores to load and to collect. */
    @Test
    void workersOfGpusShareTheCores() {
        int cores = Runtime.getRuntime().availableProcessors();
        assertTrue(worker("gpu:0").command().contains("-XX:ActiveProcessorCount=" + cores));
        WorkerCommand oneOfMany = WorkerCommand.standard("2g").beside(4 * cores);
        assertTrue(
                oneOfMany.process(directory.resolve("log"), "gpu:0").command().contains("-XX:ActiveProcessorCount=1"));
        assertFalse(oneOfMany.process(directory.resolve("log"), "cpu").command().stream()
                .anyMatch(option -> option.contains("ActiveProcessorCount")));
    }
}
