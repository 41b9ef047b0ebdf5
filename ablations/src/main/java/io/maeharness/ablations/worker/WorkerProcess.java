package io.maeharness.ablations.worker;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.FileProblem;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The coordinator's end of a worker. */
public final class WorkerProcess {
    private static final int SIGNALLED = 128;
    private static final int KILLED = SIGNALLED + 9;

    private final Process process;
    private final Path log;
    private final BufferedWriter orders;
    private final BufferedReader messages;

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.messages = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a worker.
     *
     * @param device that it computes on
     * @param log file that what it prints is appended to
     */
    public static WorkerProcess start(WorkerCommand command, String device, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK,
                    "the directory of the worker's log " + log + " cannot be created: " + FileProblem.inWords(e),
                    e);
        }
        try {
            return new WorkerProcess(command.process(log, device).start(), log);
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.STAGE_FAILED,
                    "a worker process cannot be started: " + FileProblem.inWords(e) + "; is there memory left for it?",
                    e);
        }
    }

    /**
     * Has a stage computed and waits for its end; a worker that dies is a failure that names how.
     *
     * @param listener hears every message but the last
     */
    public WorkerMessage.Last run(WorkOrder order, Consumer<WorkerMessage> listener) {
        try {
            orders.write(Protocol.line(order));
            orders.newLine();
            orders.flush();
        } catch (IOException e) {
            return death();
        }
        for (Optional<WorkerMessage> message = receive(); message.isPresent(); message = receive()) {
            if (message.get() instanceof WorkerMessage.Last last) {
                return last;
            }
            listener.accept(message.get());
        }
        return death();
    }

    private Optional<WorkerMessage> receive() {
        try {
            String line = messages.readLine();
            while (line != null && !Protocol.isMessage(line)) {
                line = messages.readLine();
            }
            return line == null ? Optional.empty() : Optional.of(Protocol.message(line));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private WorkerMessage.Last death() {
        int code = exitCode();
        if (code == KILLED) {
            return new WorkerMessage.Failed(
                    HarnessException.Kind.MEMORY,
                    "the worker process was killed (signal 9), as a system does that is out of memory; choose fewer"
                            + " --workers or a smaller microBatch; see " + log);
        }
        String how = code > SIGNALLED ? "exit code " + code + ", signal " + (code - SIGNALLED) : "exit code " + code;
        return new WorkerMessage.Failed(
                HarnessException.Kind.STAGE_FAILED, "the worker process died (" + how + "); see " + log);
    }

    private int exitCode() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                kill();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            return -1;
        }
    }

    /** Asks the worker to stop between two steps, and to end; returns at once. */
    public void requestStop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The worker is gone already, which is what was asked for.
            kill();
        }
    }

    /** Ends the process at once. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Lets the worker end and waits for it, up to ten seconds. */
    public void close() {
        requestStop();
        exitCode();
    }
}
