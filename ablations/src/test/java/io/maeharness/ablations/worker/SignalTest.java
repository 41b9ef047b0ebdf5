package io.maeharness.ablations.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.results.Provenance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM does to a process that computes: no exit of C may run beside a computing thread. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class SignalTest {
    private static final int BY_SIGTERM = 128 + 15;

    @TempDir
    Path directory;

    private Process process;

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private BufferedReader output() {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private void awaitLine(BufferedReader out, String part) throws IOException {
        String line = out.readLine();
        while (!line.contains(part)) {
            line = out.readLine();
        }
    }

    private List<String> terminate(BufferedReader out) throws Exception {
        process.toHandle().destroy(); // The process itself would close its streams too.
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return out.lines().toList();
    }

    @Test
    void aBenchmarkEndsAtOnce() throws Exception {
        process = WorkerCommand.of(StubbornMain.class)
                .foreground()
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (BufferedReader out = output()) {
            awaitLine(out, "busy");
            assertEquals(List.of(), terminate(out));
        }
        assertEquals(BY_SIGTERM, process.exitValue());
    }

    @Test
    void aWorkerWhoseStageDoesNotStopIsHalted() throws Exception {
        WorkOrder order = new WorkOrder(
                TestProfile.plan("context/scratch").stages().get(0).stage(),
                directory,
                Optional.empty(),
                "cpu",
                Duration.ofMinutes(1),
                new Provenance.Code("test", "unknown", false));
        Path log = directory.resolve("log");
        process = new WorkerCommand(StubbornMain.class.getName(), List.of("-Xmx64m", "-Dmae.stubborn.worker=yes"))
                .process(log, "cpu")
                .start();
        process.getOutputStream().write((Protocol.line(order) + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        try (BufferedReader out = output()) {
            awaitLine(out, "started");
            terminate(out);
        }
        assertEquals(1, process.exitValue());
        assertTrue(Files.readString(log).contains("the stage did not stop within 0.5 s"), Files.readString(log));
    }
}
