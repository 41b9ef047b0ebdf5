package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineProcessTest {
    @Test
    void theProcessorsEnvironmentStaysAsItIs() {
        Map<String, String> environment = new HashMap<>(Map.of("CUDA_VISIBLE_DEVICES", "1"));
        EngineProcess.restrict("cpu", environment);
        assertEquals(Map.of("CUDA_VISIBLE_DEVICES", "1"), environment);
    }

    @Test
    void aGpusProcessSeesItAloneAndComputesFp32AsFp32() {
        Map<String, String> environment = new HashMap<>(
                Map.of("CUDA_VISIBLE_DEVICES", "0,1,2,3", "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1", "PATH", "/bin"));
        EngineProcess.restrict("gpu:3", List.of(), environment);
        assertEquals(
                Map.of(
                        "CUDA_VISIBLE_DEVICES", "3",
                        "CUDA_DEVICE_ORDER", "PCI_BUS_ID",
                        "NVIDIA_TF32_OVERRIDE", "0",
                        "PYTORCH_CUDA_ALLOC_CONF", "expandable_segments:True",
                        "PATH", "/bin"),
                environment);
    }

    @Test
    void howMemoryIsHandedOutStaysTheUsers() {
        Map<String, String> environment = new HashMap<>(Map.of("PYTORCH_CUDA_ALLOC_CONF", "max_split_size_mb:64"));
        EngineProcess.restrict("gpu:0+1", List.of(), environment);
        assertEquals("max_split_size_mb:64", environment.get("PYTORCH_CUDA_ALLOC_CONF"));
        assertEquals("0,1", environment.get("CUDA_VISIBLE_DEVICES"));
    }

    @Test
    void theEngineCountsTheGpusThatItSeesFromZero() {
        VisibleGpus one = VisibleGpus.of(Optional.of("GPU-bb"), Optional.empty());
        VisibleGpus two = VisibleGpus.of(Optional.of("GPU-aa,GPU-bb"), Optional.empty());
        assertEquals("gpu:0", EngineProcess.local("gpu:3", one));
        assertEquals("gpu:0", EngineProcess.local("gpu:1.2", one));
        assertEquals("gpu:0+1", EngineProcess.local("gpu:7+3", two));
        assertEquals("cpu+cpu", EngineProcess.local("cpu+cpu", two));
        assertEquals("cpu", EngineProcess.local("cpu", two));
        assertEquals("gpu:3", EngineProcess.local("gpu:3", VisibleGpus.of(Optional.empty(), Optional.empty())));
    }

    @Test
    void settingsOfTheEngineAndOfItsLibrariesAreHandedOnAndOthersAreNot() {
        System.setProperty("jna.library.path", "/somewhere");
        System.setProperty("PYTORCH_FLAVOR_OF_A_TEST", "cu128");
        try {
            Map<String, String> handedOn = EngineProcess.properties();
            assertEquals("/somewhere", handedOn.get("jna.library.path"));
            assertEquals("cu128", handedOn.get("PYTORCH_FLAVOR_OF_A_TEST"));
            assertFalse(handedOn.containsKey("user.dir"));
        } finally {
            System.clearProperty("jna.library.path");
            System.clearProperty("PYTORCH_FLAVOR_OF_A_TEST");
        }
    }

    @Test
    void severalGpusAreNamedTogether() {
        assertEquals(List.of("0", "1", "2", "3"), EngineProcess.gpus("gpu:0+1+2+3"));
        assertEquals(List.of(), EngineProcess.gpus("cpu"));
    }
}
