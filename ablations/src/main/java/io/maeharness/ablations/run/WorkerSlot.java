package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.WorkOrder;
import io.maeharness.ablations.worker.WorkerCommand;
import io.maeharness.ablations.worker.WorkerMessage;
import io.maeharness.ablations.worker.WorkerProcess;
import io.maeharness.core.device.GpuTrial;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.Provenance;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The place of one worker: takes stages from the queue, and replaces the worker when it has failed. */
final class WorkerSlot {
    /** Problems of the machine and not of a stage: the next stage would meet them too. */
    private static final Set<HarnessException.Kind> ENDS_THE_RUN = EnumSet.of(
            HarnessException.Kind.DISK,
            HarnessException.Kind.STORE_READ_ONLY,
            HarnessException.Kind.NATIVE,
            HarnessException.Kind.DEVICE);

    private static final int MOST_INTERRUPTIONS = 3;

    private final int index;
    private final OutputDirectory output;
    private final WorkerCommand command;
    private final RunOptions options;
    private final Provenance.Code code;
    private final StageQueue queue;
    private final RunLedger ledger;
    private final Map<String, Integer> interruptions = new HashMap<>();
    private Optional<WorkerProcess> worker = Optional.empty();
    private boolean stopping;

    WorkerSlot(
            int index,
            OutputDirectory output,
            WorkerCommand command,
            RunOptions options,
            Provenance.Code code,
            StageQueue queue,
            RunLedger ledger) {
        this.index = index;
        this.output = output;
        this.command = command;
        this.options = options;
        this.code = code;
        this.queue = queue;
        this.ledger = ledger;
    }

    /** Works until the queue has nothing more to give. */
    void work() throws InterruptedException {
        try {
            for (Optional<PlannedStage> stage = queue.take(); stage.isPresent(); stage = queue.take()) {
                ledger.taken(index, stage.get());
                compute(stage.get());
            }
        } finally {
            retire();
        }
    }

    private void compute(PlannedStage stage) {
        if (stage.stage().exclusive()) {
            retire(); // A new worker holds no memory of earlier stages.
        }
        WorkerMessage.Last last = worker().run(order(stage.stage()), message -> ledger.heard(index, stage, message));
        if (last instanceof WorkerMessage.Done done) {
            StagePictures.collect(output, stage);
            ledger.finished(index, stage, done.seconds());
            return;
        }
        retire();
        if (last instanceof WorkerMessage.Failed failed && !isStopping()) {
            fail(stage, failed);
        } else {
            interrupted(stage, last);
        }
    }

    private WorkOrder order(Stage stage) {
        return new WorkOrder(
                stage,
                output.root(),
                options.dataDirectory(),
                options.devices().get(index),
                options.checkpointInterval(),
                code);
    }

    private void fail(PlannedStage stage, WorkerMessage.Failed failed) {
        if (failed.kind() == HarnessException.Kind.DEVICE) {
            GpuTrial.forget();
        }
        if (ENDS_THE_RUN.contains(failed.kind())) {
            throw new HarnessException(failed.kind(), failed.reason());
        }
        String reason = failed.kind() == HarnessException.Kind.INTERNAL
                ? failed.reason() + "; report it with the end of " + output.log(index)
                : failed.reason();
        ledger.failed(index, stage, failed.kind(), reason);
    }

    /** A worker may be stopped by somebody else than this process; the stage is then taken up again. */
    private void interrupted(PlannedStage stage, WorkerMessage.Last last) {
        String where = last instanceof WorkerMessage.Interrupted interrupted
                ? interrupted.where()
                : "stopped; the next run goes on from its last checkpoint";
        if (interruptions.merge(stage.hash(), 1, Integer::sum) > MOST_INTERRUPTIONS) {
            ledger.failed(
                    index,
                    stage,
                    HarnessException.Kind.STAGE_FAILED,
                    "something stopped its worker " + MOST_INTERRUPTIONS + " times over; see " + output.log(index));
        } else {
            ledger.interrupted(index, stage, where);
        }
    }

    private synchronized WorkerProcess worker() {
        if (worker.isEmpty()) {
            worker = Optional.of(WorkerProcess.start(command, options.devices().get(index), output.log(index)));
            if (stopping) {
                worker.get().requestStop();
            }
        }
        return worker.get();
    }

    private void retire() {
        Optional<WorkerProcess> retired;
        synchronized (this) {
            retired = worker;
            worker = Optional.empty();
        }
        retired.ifPresent(WorkerProcess::close);
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    /** Asks the worker to stop between two steps; returns at once. */
    synchronized void requestStop() {
        stopping = true;
        worker.ifPresent(WorkerProcess::requestStop);
    }

    /** Ends the worker at once; its stage goes on from its last checkpoint in the next run. */
    synchronized void kill() {
        stopping = true;
        worker.ifPresent(WorkerProcess::kill);
    }
}
