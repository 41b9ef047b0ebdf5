package io.maeharness.core.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the NVIDIA driver's own tool says about the GPUs of this machine.
 *
 * @param gpus devices, ascending; none without a driver
 * @param asked what was looked for and found, in words, for the line that refuses {@code --device gpu}
 */
record NvidiaSmi(List<Gpu> gpus, String asked) {
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

    /** Asks the tool; a machine without it has no GPU. */
    static NvidiaSmi ask() {
        return ask(List.of(TOOL, "--query-gpu=" + Gpu.FIELDS, "--format=csv,noheader"), PATIENCE_SECONDS);
    }

    static NvidiaSmi ask(List<String> command, int patienceSeconds) {
        String tool = command.get(0);
        try {
            Answer answer = run(command, patienceSeconds);
            if (answer.code().isEmpty()) {
                return new NvidiaSmi(List.of(), tool + " does not answer");
            }
            List<Gpu> gpus = answer.isGood() ? Gpu.ofQuery(answer.lines()) : List.of();
            String said = answer.lines().isEmpty()
                    ? "nothing"
                    : "'" + answer.lines().get(0).strip() + "'";
            return new NvidiaSmi(gpus, gpus.isEmpty() ? tool + " says " + said : tool + " lists " + gpus.size());
        } catch (IOException e) {
            return new NvidiaSmi(List.of(), tool + " is not installed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NvidiaSmi(List.of(), "asking " + tool + " was interrupted");
        }
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
