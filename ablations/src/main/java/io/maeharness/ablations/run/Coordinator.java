package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.Failure;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.WorkerCommand;
import io.maeharness.core.error.HarnessException;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a plan on worker processes.
 *
 * <p>Finished stages are not run again; a failed one is recorded, those that start from it are skipped, and the others
 * go on. When the process is asked to end (Ctrl-C), the workers write checkpoints between two steps first. An instance
 * runs one plan.
 */
public final class Coordinator {
    private final OutputDirectory output;
    private final WorkerCommand command;
    private final RunOptions options;
    private final RunListener listener;
    private final List<WorkerSlot> slots = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private boolean stopped;
    private volatile RunLedger ledger;
    private StageQueue queue;

    /**
     * A coordinator.
     *
     * @param output where results are kept
     * @param command how workers are started
     * @param options how the plan is run
     * @param listener hears how it goes
     */
    public Coordinator(OutputDirectory output, WorkerCommand command, RunOptions options, RunListener listener) {
        this.output = output;
        this.command = command;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Runs the plan to its end, or until it is stopped.
     *
     * @throws HarnessException when the store is locked or cannot be written, the disk is full, or the engine or the
     *     device is not there; what was finished before is intact
     */
    public RunSummary run(Plan plan) {
        Thread hook = new Thread(this::stopAndWait, "stop");
        try (StoreLock lock = StoreLock.acquire(output)) {
            Runtime.getRuntime().addShutdownHook(hook);
            begin(plan, lock);
            List<Thread> threads = slots.stream().map(this::thread).toList();
            threads.forEach(Thread::start);
            join(threads);
            throwFatal();
            return ledger.summary(isStopped());
        } catch (ResultStoreException e) {
            throw Failure.ofStore(e);
        } finally {
            ended.countDown();
            remove(hook);
        }
    }

    private synchronized void begin(Plan plan, StoreLock lock) {
        lock.requireHeld();
        if (options.force()) {
            plan.stages().stream().filter(PlannedStage::canBeComputed).forEach(stage -> output.forget(stage.hash()));
        }
        ledger = new RunLedger(plan, output, options, listener);
        queue = ledger.begin();
        Provenance.Code code = CodeVersion.current().code();
        int count =
                Math.min(options.devices().size(), Math.max(1, queue.undecided().size()));
        for (int i = 0; i < count; i++) {
            slots.add(new WorkerSlot(i, output, command, options, code, queue, ledger));
        }
        if (stopped) {
            queue.stop();
        }
    }

    private Thread thread(WorkerSlot slot) {
        return new Thread(() -> work(slot), "worker");
    }

    private void work(WorkerSlot slot) {
        try {
            slot.work();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            fatal.compareAndSet(null, e);
            stopQuietly();
        }
    }

    private void join(List<Thread> threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                requestStop();
                Thread.currentThread().interrupt();
            }
        }
    }

    private void throwFatal() {
        Throwable thrown = fatal.get();
        if (thrown instanceof ResultStoreException store) {
            throw Failure.ofStore(store);
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Asks all stages in progress to stop between two steps; returns at once. {@link #run} then returns. */
    public void requestStop() {
        if (ledger != null && !isStopped()) {
            ledger.stopping();
        }
        stopQuietly();
    }

    private synchronized void stopQuietly() {
        stopped = true;
        if (queue != null) {
            queue.stop();
        }
        slots.forEach(WorkerSlot::requestStop);
    }

    /** The shutdown hook: the JVM lives until it returns. */
    private void stopAndWait() {
        requestStop();
        try {
            if (!ended.await(options.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                slots.forEach(WorkerSlot::kill);
                ended.await(options.stopTimeout().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending and the hook is running: it is what stopped the run.
            return;
        }
    }
}
