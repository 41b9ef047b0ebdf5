package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        EngineCheck check = EngineCheck.run(new ProcessBuilder(JAVA, "-XX:NoSuchOption"), MINUTE, heard::add);
        assertTrue(check.problem().isPresent());
        assertFalse(check.computes());
    }

    @Test
    void aChildThatCannotBeStartedIsAFact() {
        assertTrue(EngineCheck.run(new ProcessBuilder("no-such-program-here"), MINUTE, heard::add)
                .problem()
                .isPresent());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no sh")
    void aChildThatSaysNothingIsNotWaitedForForEver() {
        EngineCheck check =
                EngineCheck.run(new ProcessBuilder("sh", "-c", "exec sleep 60"), Duration.ofMillis(300), heard::add);
        assertTrue(check.problem().orElseThrow().startsWith("no answer"), check.toString());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no sh")
    void whatIsFetchedIsToldFileByFile() {
        String log =
                "[main] INFO ai.djl.pytorch.jni.LibUtils - Downloading https://publish.djl.ai/a/libtorch_cuda.so.gz ...";
        EngineCheck check = EngineCheck.run(
                new ProcessBuilder("sh", "-c", "echo '" + log + "'; sleep 1; echo product=2; echo gpus=1"),
                MINUTE,
                heard::add);
        assertEquals(List.of("fetching libtorch_cuda.so of the engine, once for this machine"), heard);
        assertTrue(check.computes());
        assertEquals(1, check.gpus());
    }
}
