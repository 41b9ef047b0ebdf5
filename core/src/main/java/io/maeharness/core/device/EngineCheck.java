package io.maeharness.core.device;

import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@link EngineProbe} found out in a process of its own. It is started once before any worker, so that natives which
 * have to be fetched are fetched once, with progress, and not by every worker at the same time.
 *
 * @param facts by key; {@code problem} when the process failed
 */
public record EngineCheck(Map<String, String> facts) {
    private static final String PROBLEM = "problem";
    private static final Pattern DOWNLOAD = Pattern.compile("Downloading \\S*?([^/ ]+?)(?:\\.gz)? \\.\\.\\.");
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int POLL_MILLIS = 200;

    /** Copies the map. */
    public EngineCheck {
        facts = Map.copyOf(facts);
    }

    /**
     * Loads the engine with this process's settings.
     *
     * @param heard is told each file that has to be fetched
     */
    public static EngineCheck run(Consumer<String> heard) {
        return run(Devices.CPU, heard);
    }

    /**
     * As {@link #run(Consumer)}, in a process that sees some GPUs alone.
     *
     * @param device whose GPUs these are, {@code gpu:0+1}; for {@code cpu} it sees what this process does
     */
    static EngineCheck run(String device, Consumer<String> heard) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JavaOptions.ofNativeAccess());
        EngineProcess.properties().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-DOPT_OUT_TRACKING=true",
                "-Dorg.slf4j.simpleLogger.log.ai.djl.pytorch.jni=info",
                "-cp",
                System.getProperty("java.class.path"),
                EngineProbe.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command);
        EngineProcess.restrict(device, builder.environment());
        return run(builder, PATIENCE, heard);
    }

    /**
     * Runs a process and reads what it says; its failure is a fact, too.
     *
     * @param patience how long it may say nothing new
     */
    static EngineCheck run(ProcessBuilder builder, Duration patience, Consumer<String> heard) {
        Map<String, String> facts = new HashMap<>();
        try {
            Path output = Files.createTempFile("mae-engine", ".log");
            try {
                Process child = builder.redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                boolean ended = follow(child, output, patience, heard);
                child.destroyForcibly();
                read(lines(output), facts);
                if (!ended || child.waitFor() != 0) {
                    facts.putIfAbsent(
                            PROBLEM,
                            ended
                                    ? "exit code " + child.exitValue()
                                    : "no answer in " + patience.toMinutes() + " minutes");
                }
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            facts.put(PROBLEM, FileProblem.inWords(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            facts.put(PROBLEM, "interrupted");
        }
        return new EngineCheck(facts);
    }

    private static boolean follow(Process child, Path output, Duration patience, Consumer<String> heard)
            throws IOException, InterruptedException {
        int told = 0;
        long since = System.nanoTime();
        while (!child.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            List<String> lines = lines(output);
            for (; told < lines.size(); told++) {
                since = System.nanoTime();
                Matcher download = DOWNLOAD.matcher(lines.get(told));
                if (download.find()) {
                    heard.accept("fetching " + download.group(1) + " of the engine, once for this machine");
                }
            }
            if (System.nanoTime() - since > patience.toNanos()) {
                return false;
            }
        }
        return true;
    }

    private static List<String> lines(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static void read(List<String> lines, Map<String, String> facts) {
        for (String line : lines) {
            if (line.matches("[a-z]+=.*")) {
                facts.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            } else if (line.contains("Exception") || line.contains("Error") || line.contains("SIG")) {
                facts.putIfAbsent(PROBLEM, line.strip());
            }
        }
    }

    /** Whether the engine loads and computes on the processor. */
    public boolean computes() {
        return "2".equals(facts.get("product"));
    }

    /** GPUs that compute. */
    public int gpus() {
        String count = facts.getOrDefault("gpus", "");
        return count.matches("\\d+") ? Integer.parseInt(count) : 0;
    }

    /** What is wrong with the engine, or with the first GPU that does not compute; empty where it did not say. */
    public Optional<String> problem() {
        return Optional.ofNullable(facts.getOrDefault(PROBLEM, facts.get("refusal")));
    }

    /** Whether it got as far as to ask for CUDA; if not, no GPU is to blame. */
    boolean asksForCuda() {
        return facts.containsKey("cuda");
    }

    /** Why a GPU does not compute that it was to use. */
    String whyNot() {
        boolean without = facts.get("cuda") != null && !Boolean.parseBoolean(facts.get("cuda"));
        return without ? "libtorch finds no CUDA" : problem().orElse("the engine does not say why");
    }
}
