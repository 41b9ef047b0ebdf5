package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuTrialTest {
    private static final String MEMORY = "CUDA error: out of memory";

    @TempDir
    private Path directory;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> broken = new ArrayList<>();
    private Path libtorch;
    private RememberedGpus remembered;

    @BeforeEach
    void makeEngine() throws IOException {
        libtorch = Files.createDirectories(directory.resolve("libtorch"));
        Files.writeString(libtorch.resolve("libtorch_cuda.so"), "one build");
        remembered = new RememberedGpus(directory.resolve("cache").resolve("engine"));
    }

    /** An engine that computes on the GPUs of a process up to the first broken one. */
    private EngineCheck look(String device) {
        asked.add(device);
        List<String> seen = EngineProcess.gpus(device);
        int computing = 0;
        while (computing < seen.size() && !broken.contains(seen.get(computing))) {
            computing++;
        }
        Map<String, String> facts = new HashMap<>(
                Map.of("libtorch", libtorch.toString(), "cuda", "true", "gpus", Integer.toString(computing)));
        if (computing < seen.size()) {
            facts.put("refusal", MEMORY);
        }
        return new EngineCheck(facts);
    }

    private Devices tried(Devices machine) {
        return GpuTrial.of(machine, remembered, (device, heard) -> look(device), line -> {});
    }

    private Devices anew(Devices machine) {
        return GpuTrial.anew(machine, remembered, (device, heard) -> look(device), line -> {})
                .usable();
    }

    @Test
    void theFirstOfThreeHidesNoOther() {
        broken.add("0");
        Devices usable = tried(machine("a", "b", "c"));
        assertEquals(List.of("gpu:1", "gpu:2"), usable.resolve("auto"));
        assertEquals(List.of("gpu:0 cannot be used: " + MEMORY), usable.leftOut());
        assertEquals(Set.of("gpu:0+1+2", "gpu:0", "gpu:1", "gpu:2"), Set.copyOf(asked));
    }

    @Test
    void anEngineThatDoesNotLoadIsAskedOnceAndNoGpuIsUsed() {
        Devices usable = GpuTrial.anew(
                        machine("a", "b"),
                        remembered,
                        (device, heard) -> {
                            asked.add(device);
                            return new EngineCheck(Map.of("problem", "exit code 1"));
                        },
                        line -> {})
                .usable();
        assertEquals(List.of("cpu"), usable.resolve("auto"));
        assertEquals(List.of("gpu:0, gpu:1 cannot be used: exit code 1"), usable.leftOut());
        assertEquals(List.of("gpu:0+1"), asked);
    }

    @Test
    void aLibtorchWithoutCudaSaysSo() {
        Devices usable = GpuTrial.anew(
                        machine("a"),
                        remembered,
                        (device, heard) -> new EngineCheck(Map.of("cuda", "false", "gpus", "0")),
                        line -> {})
                .usable();
        assertEquals(List.of("gpu:0 cannot be used: libtorch finds no CUDA"), usable.leftOut());
    }

    @Test
    void whatComputesIsAskedOnce() {
        assertEquals(2, tried(machine("a", "b")).gpus().size());
        assertEquals(2, tried(machine("a", "b")).gpus().size());
        assertEquals(List.of("gpu:0+1"), asked);
    }

    @Test
    void aDoctorLooksAnewAndForgetsWhatNoLongerComputes() {
        tried(machine("a"));
        broken.add("0");
        assertTrue(anew(machine("a")).gpus().isEmpty());
        assertTrue(tried(machine("a")).gpus().isEmpty());
        assertEquals(3, asked.size());
    }

    /** One that does not compute is looked at again each time, alone; repaired, it is used at once. */
    @Test
    void aNoDoesNotOutliveItsCause() {
        broken.add("1");
        assertEquals(List.of("gpu:0"), tried(machine("a", "b")).resolve("auto"));
        asked.clear();
        assertEquals(List.of("gpu:0"), tried(machine("a", "b")).resolve("auto"));
        assertEquals(List.of("gpu:1"), asked);
        broken.clear();
        assertEquals(List.of("gpu:0", "gpu:1"), tried(machine("a", "b")).resolve("auto"));
        asked.clear();
        tried(machine("a", "b"));
        assertEquals(List.of(), asked);
    }

    @Test
    void anotherBuildOfTheEngineIsAskedAnew() throws IOException {
        tried(machine("a"));
        Files.writeString(libtorch.resolve("libtorch_cuda.so"), "another build");
        tried(machine("a"));
        Files.delete(libtorch.resolve("libtorch_cuda.so"));
        Files.delete(libtorch);
        tried(machine("a"));
        assertEquals(3, asked.size());
    }

    @Test
    void aFailureOfTheDeviceMakesAllForgotten() {
        tried(machine("a"));
        remembered.forget();
        tried(machine("a"));
        assertEquals(2, asked.size());
    }

    @Test
    void aDamagedFileIsAsGoodAsNone() throws IOException {
        tried(machine("a"));
        for (String damage : List.of("", "computes=a\n", "libtorch=\0\nstate=x\ncomputes=a\n", "half a li")) {
            Files.writeString(kept(), damage);
            asked.clear();
            assertEquals(1, tried(machine("a")).gpus().size());
            assertEquals(List.of("gpu:0"), asked, damage);
        }
        Files.write(kept(), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertEquals(1, tried(machine("a")).gpus().size());
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNoError() throws IOException {
        Files.writeString(directory.resolve("cache"), "a file where the directory should be");
        assertEquals(1, tried(machine("a")).gpus().size());
        assertEquals(1, tried(machine("a")).gpus().size());
        assertEquals(2, asked.size());
    }

    @Test
    void theAnswerIsOfTheDriverTheGpusAndTheEnvironment() {
        String key = key(machine("a"), Map.of("PATH", "/bin"));
        assertEquals(key, key(machine("a"), Map.of("PATH", "/usr/bin")));
        assertNotEquals(key, key(machine("b"), Map.of()));
        assertNotEquals(key, key(machine("a"), Map.of("CUDA_VISIBLE_DEVICES", "0")));
        assertNotEquals(key, key(machine("a"), Map.of("LD_LIBRARY_PATH", "/opt/cuda")));
        assertNotEquals(key, RememberedGpus.key(machine("a"), Map.of(), Map.of("PYTORCH_FLAVOR", "cpu")));
        Gpu newer = new Gpu(0, "NVIDIA H100", 9.0, "a", "580.1", 85e9);
        assertNotEquals(key, key(machine(List.of(newer)), Map.of()));
        assertFalse(key.contains("/bin"));
    }

    private static String key(Devices machine, Map<String, String> environment) {
        return RememberedGpus.key(machine, environment, Map.of());
    }

    private Path kept() throws IOException {
        try (Stream<Path> files = Files.list(remembered.directory())) {
            return files.findFirst().orElseThrow();
        }
    }

    private static Devices machine(String... uuids) {
        List<Gpu> found = new ArrayList<>();
        for (String uuid : uuids) {
            found.add(new Gpu(found.size(), "NVIDIA H100", 9.0, uuid, "570.1", 85e9));
        }
        return machine(found);
    }

    private static Devices machine(List<Gpu> gpus) {
        return new Devices(
                new Processor("one", Set.of("avx2")),
                gpus,
                Optional.of(new EngineNatives("2.7.1", "cu128", "class path")),
                "nvidia-smi lists " + gpus.size());
    }
}
