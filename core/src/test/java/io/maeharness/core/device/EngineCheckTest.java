package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class EngineCheckTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<String> heard = new ArrayList<>();

    @Test
    void aChildThatDiesIsAFact() {
        EngineCheck check = EngineCheck.run(List.of(JAVA, "-XX:NoSuchOption"), MINUTE, heard::add);
        assertTrue(check.problem().isPresent());
        assertFalse(check.computes());
    }

    @Test
    void aChildThatCannotBeStartedIsAFact() {
        assertTrue(EngineCheck.run(List.of("no-such-program-here"), MINUTE, heard::add)
                .problem()
                .isPresent());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no sh")
    void aChildThatSaysNothingIsNotWaitedForForEver() {
        EngineCheck check = EngineCheck.run(List.of("sh", "-c", "exec sleep 60"), Duration.ofMillis(300), heard::add);
        assertTrue(check.problem().orElseThrow().startsWith("no answer"), check.toString());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no sh")
    void whatIsFetchedIsToldFileByFile() {
        String log =
                "[main] INFO ai.djl.pytorch.jni.LibUtils - Downloading https://publish.djl.ai/a/libtorch_cuda.so.gz ...";
        EngineCheck check = EngineCheck.run(
                List.of("sh", "-c", "echo '" + log + "'; sleep 1; echo product=2; echo gpus=1"), MINUTE, heard::add);
        assertEquals(List.of("fetching libtorch_cuda.so of the engine, once for this machine"), heard);
        assertTrue(check.computes());
        assertEquals(1, check.gpus());
    }

    @Test
    void gpusThatTheEngineCannotUseAreNone() {
        Devices two = machine(2);
        assertEquals(two, new EngineCheck(Map.of("cuda", "true", "gpus", "2")).applied(two));
        Devices none = new EngineCheck(Map.of("cuda", "false", "gpus", "0")).applied(two);
        assertEquals(List.of("cpu"), none.resolve("auto"));
        assertTrue(none.asked().contains("computes on 0 of 2 (libtorch finds no CUDA"), none.asked());
        Devices one =
                new EngineCheck(Map.of("cuda", "true", "gpus", "1", "refusal", "CUDA out of memory")).applied(two);
        assertTrue(one.gpus().isEmpty());
        assertTrue(one.asked().contains("computes on 1 of 2 (CUDA out of memory"), one.asked());
    }

    private static Devices machine(int gpus) {
        List<Gpu> found = new ArrayList<>();
        for (int i = 0; i < gpus; i++) {
            found.add(new Gpu(i, "NVIDIA H100", 9.0));
        }
        return new Devices(
                new Processor("one", Set.of("avx2")),
                found,
                Optional.of(new EngineNatives("2.7.1", "cu128", "class path")),
                "nvidia-smi lists " + gpus);
    }
}
