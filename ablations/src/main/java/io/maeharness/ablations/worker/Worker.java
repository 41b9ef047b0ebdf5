package io.maeharness.ablations.worker;

import io.maeharness.core.checkpoint.Checkpoints;
import io.maeharness.core.device.EngineProcess;
import io.maeharness.core.device.GpuFacts;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A worker's main loop: takes orders one after another until its input ends.
 *
 * <p>After a stage that failed for an unforeseen reason the worker ends, so that whatever state the engine was left in
 * ends with it; the coordinator starts another.
 */
public final class Worker {
    private static final int FAILED = 1;

    /** Who knows what state such a failure leaves the engine in. */
    private static final Set<HarnessException.Kind> UNFORESEEN = EnumSet.of(
            HarnessException.Kind.STAGE_FAILED, HarnessException.Kind.MEMORY, HarnessException.Kind.INTERNAL);

    private final StageExecutor executor;
    private final Supplier<EngineFacts> engine;
    private final OrderReader orders;
    private final PrintStream out;

    /**
     * A worker on two streams.
     *
     * @param executor computes stages
     * @param engine asked when a stage is finished
     * @param in orders, one a line
     * @param out messages, one a line; nothing else may be printed there
     */
    public Worker(StageExecutor executor, Supplier<EngineFacts> engine, InputStream in, PrintStream out) {
        this.executor = executor;
        this.engine = engine;
        this.orders = new OrderReader(in);
        this.out = out;
    }

    /** Asks the stage in progress to stop between two steps, as the end of the input does; returns at once. */
    public void requestStop() {
        orders.stop();
    }

    /** Works until the input ends; returns the exit code. */
    public int run() {
        Optional<WorkOrder> order = orders.next();
        while (order.isPresent()) {
            WorkerMessage.Last last = perform(order.get());
            boolean broken = last instanceof WorkerMessage.Failed failed && UNFORESEEN.contains(failed.kind());
            send(last);
            if (broken) {
                return FAILED;
            }
            order = orders.next();
        }
        return 0;
    }

    private WorkerMessage.Last perform(WorkOrder order) {
        String hash = order.hash();
        try (StageLock lock = StageLock.acquire(order.directory(), hash)) {
            StageClock clock =
                    StageClock.resume(lock.directory(), order.directory().outcome(hash));
            try {
                return compute(order, hash, clock);
            } finally {
                clock.write();
            }
        } catch (StageInterruptedException e) {
            return orders.isStopped() ? new WorkerMessage.Interrupted(e.getMessage()) : Failure.of(e);
        } catch (Throwable e) { // an Error too is the end of this stage only
            e.printStackTrace();
            return Failure.of(e);
        }
    }

    private WorkerMessage.Last compute(WorkOrder order, String hash, StageClock clock) {
        PeakMemory.reset();
        try (StageReporter reporter =
                new StageReporter(order.directory().results().curves().resolve(hash + ".csv"), clock, this::send)) {
            StageOutcome outcome = executor.execute(order.stage(), environment(order, reporter));
            if (!StageRecord.missing(order.stage(), outcome).isEmpty()) {
                return new WorkerMessage.Failed(
                        HarnessException.Kind.STAGE_FAILED,
                        "the stage ended without a finite value for " + StageRecord.missing(order.stage(), outcome));
            }
            StageProvenance.of(order, outcome, clock, engine.get())
                    .write(order.directory().outcome(hash));
            new Checkpoints(order.directory().stage(hash)).clear(); // Before, a kill would cost the whole stage.
            return new WorkerMessage.Done(clock.seconds());
        }
    }

    private StageEnvironment environment(WorkOrder order, StageReporter reporter) {
        return new StageEnvironment(
                order.directory().stages(),
                order.dataDirectory(),
                EngineProcess.local(order.device()),
                GpuFacts.bytes(order.device()),
                order.checkpointInterval(),
                reporter,
                orders::isStopped);
    }

    /** A line of its own even when a native library has printed half of one. */
    private void send(WorkerMessage message) {
        out.print("\n" + Protocol.line(message) + "\n");
        out.flush();
    }
}
