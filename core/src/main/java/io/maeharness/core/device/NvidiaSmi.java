package io.maeharness.core.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What the NVIDIA driver's own tool says about the GPUs of this machine.
 *
 * @param gpus devices, ascending; none without a driver
 * @param unusable by name, as {@code gpu:1}, why a device that it lists cannot be used
 * @param asked what was looked for and found, in words, for the line that refuses {@code --device gpu}
 */
record NvidiaSmi(List<Gpu> gpus, Map<String, String> unusable, String asked) {
    private static final String TOOL = "nvidia-smi";
    private static final int PATIENCE_SECONDS = 20;

    /**
     * What a process of the tool came to.
     *
     * @param code exit code; empty when it did not end in time
     * @param lines of both its outputs
     */
    private record Answer(Optional<Integer> code, List<String> lines) {
        boolean isGood() {
            return code.filter(c -> c == 0).isPresent();
        }
    }

    /** Asked at its first use. */
    private static final class Asked {
        static final NvidiaSmi ONCE = ask(
                List.of(TOOL, "--query-gpu=" + Gpu.FIELDS, "--format=csv,noheader"),
                PATIENCE_SECONDS,
                question -> lines(question));
    }

    /**
     * Asks the tool, once in the life of a process: a number is to mean the same card for as long as a run takes, and those
     * behind a card that is lost move up. A machine without the tool has no GPU.
     */
    static NvidiaSmi ask() {
        return Asked.ONCE;
    }

    /**
     * Asks the tool.
     *
     * @param more asks it further questions, where a card is divided
     */
    static NvidiaSmi ask(List<String> command, int patienceSeconds, Function<String[], List<String>> more) {
        String tool = command.get(0);
        try {
            Answer answer = run(command, patienceSeconds);
            return answer.code().isEmpty() ? nothing(tool + " does not answer") : of(tool, answer.lines(), more);
        } catch (IOException e) {
            return nothing(tool + " is not installed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return nothing("asking " + tool + " was interrupted");
        }
    }

    private static NvidiaSmi nothing(String asked) {
        return new NvidiaSmi(List.of(), Map.of(), asked);
    }

    /** What it lists counts even where it ends with an error, as it does for one card of several that is lost. */
    static NvidiaSmi of(String tool, List<String> lines, Function<String[], List<String>> more) {
        List<Gpu.Listed> listed = Gpu.ofQuery(lines);
        if (listed.isEmpty()) {
            return nothing(tool + " says "
                    + (lines.isEmpty() ? "nothing" : "'" + lines.get(0).strip() + "'"));
        }
        boolean divided = listed.stream().anyMatch(Gpu.Listed::divided);
        List<String> listing = divided ? more.apply(new String[] {"-L"}) : List.of();
        Map<String, Double> memory = divided ? DividedCards.memory(more.apply(new String[] {"-q", "-x"})) : Map.of();
        List<Gpu> gpus = new ArrayList<>();
        Map<String, String> unusable = new TreeMap<>();
        for (Gpu.Listed card : listed) {
            List<Gpu> devices =
                    card.divided() ? DividedCards.instances(card.gpu(), listing, memory) : List.of(card.gpu());
            String problem = devices.isEmpty() ? "it is divided (MIG) and has no instance" : card.problem();
            if (problem.isEmpty()) {
                gpus.addAll(devices);
            } else {
                unusable.put(Devices.name(card.gpu()), problem);
            }
        }
        String rest = lines.size() > listed.size() ? ", and says '" + unread(lines) + "'" : "";
        return new NvidiaSmi(
                List.copyOf(gpus), Map.copyOf(unusable), tool + " lists " + (gpus.size() + unusable.size()) + rest);
    }

    private static String unread(List<String> lines) {
        return lines.stream()
                .filter(line -> Gpu.ofQuery(List.of(line)).isEmpty())
                .findFirst()
                .orElse("")
                .strip();
    }

    /** What the tool prints for another question; nothing without a driver. */
    static List<String> lines(String... question) {
        try {
            List<String> command = new ArrayList<>(List.of(TOOL));
            command.addAll(List.of(question));
            Answer answer = run(command, PATIENCE_SECONDS);
            return answer.isGood() ? answer.lines() : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** A driver that hangs keeps the tool and its output open for ever: it is waited for first and read afterwards. */
    private static Answer run(List<String> command, int patienceSeconds) throws IOException, InterruptedException {
        Path output = Files.createTempFile("mae-gpu", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Answer(Optional.empty(), List.of());
            }
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            return new Answer(
                    Optional.of(process.exitValue()),
                    printed.lines().filter(line -> !line.isBlank()).toList());
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
