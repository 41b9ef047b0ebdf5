package io.maeharness.workbench.doctor;

import io.maeharness.core.device.EngineNatives;
import io.maeharness.core.device.EngineProbe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Loads the engine and OpenCV in a child process and looks at what came of it. */
final class NativeChecks {
    private static final int PATIENCE_SECONDS = 300;
    private static final String REPAIR =
            "delete ~/.djl.ai so that the natives are unpacked again, and build again with ./mvnw -DskipTests package";

    private NativeChecks() {}

    static List<Finding> run(Optional<EngineNatives> natives) {
        Map<String, String> facts = probe(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                EngineProbe.class.getName()));
        return List.of(natives(natives), engine(facts), openCv(facts));
    }

    private static Finding natives(Optional<EngineNatives> natives) {
        return natives.map(n -> Finding.ok(
                        "natives", "libtorch " + n.version() + " " + n.flavor() + ", from the " + n.origin()))
                .orElseGet(() -> Finding.warn(
                        "natives", "none on the class path", "the engine downloads them at its first start"));
    }

    private static Finding engine(Map<String, String> facts) {
        return "2".equals(facts.get("product"))
                ? Finding.ok("engine", facts.get("engine") + " loads and computes")
                : Finding.fail("engine", "does not work: " + facts.getOrDefault("problem", "no answer"), REPAIR);
    }

    private static Finding openCv(Map<String, String> facts) {
        String state = facts.getOrDefault("opencv", facts.getOrDefault("problem", "no answer"));
        return state.equals("ok")
                ? Finding.ok("opencv", "loads")
                : Finding.warn("opencv", "does not load: " + state, "only image folders need it");
    }

    /** What a child process says; its failure is the fact {@code problem}. */
    static Map<String, String> probe(List<String> command) {
        Map<String, String> facts = new HashMap<>();
        try {
            Path output = Files.createTempFile("mae-doctor", ".log");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
                Process child = builder.redirectOutput(output.toFile()).start();
                boolean ended = child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                child.destroyForcibly();
                read(Files.readString(output, StandardCharsets.UTF_8).lines().toList(), facts);
                if (!ended || child.exitValue() != 0) {
                    facts.putIfAbsent("problem", ended ? "exit code " + child.exitValue() : "no answer in 5 minutes");
                }
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            facts.put("problem", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            facts.put("problem", "interrupted");
        }
        return facts;
    }

    private static void read(List<String> lines, Map<String, String> facts) {
        for (String line : lines) {
            if (line.matches("[a-z]+=.*")) {
                facts.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            } else if (line.contains("Exception") || line.contains("Error") || line.contains("SIG")) {
                facts.putIfAbsent("problem", line.strip());
            }
        }
    }
}
