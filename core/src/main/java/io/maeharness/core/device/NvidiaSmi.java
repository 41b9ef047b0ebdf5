package io.maeharness.core.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the NVIDIA driver's own tool says about the GPUs of this machine.
 *
 * @param gpus devices, ascending; none without a driver
 * @param asked what was looked for and found, in words, for the line that refuses {@code --device gpu}
 */
record NvidiaSmi(List<Gpu> gpus, String asked) {
    private static final List<String> QUERY =
            List.of("nvidia-smi", "--query-gpu=index,name,compute_cap", "--format=csv,noheader");
    private static final int PATIENCE_SECONDS = 20;

    /** Asks the tool; a machine without it has no GPU. */
    static NvidiaSmi ask() {
        return ask(QUERY);
    }

    static NvidiaSmi ask(List<String> command) {
        String tool = command.get(0);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new NvidiaSmi(List.of(), tool + " does not answer");
            }
            List<Gpu> gpus = process.exitValue() == 0 ? Gpu.ofQuery(lines) : List.of();
            String said = lines.isEmpty() ? "nothing" : "'" + lines.get(0).strip() + "'";
            return new NvidiaSmi(gpus, gpus.isEmpty() ? tool + " says " + said : tool + " lists " + gpus.size());
        } catch (IOException e) {
            return new NvidiaSmi(List.of(), tool + " is not installed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NvidiaSmi(List.of(), "asking " + tool + " was interrupted");
        }
    }

    /** What the tool prints for another question; nothing without a driver. */
    static List<String> lines(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? printed.lines().toList() : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
