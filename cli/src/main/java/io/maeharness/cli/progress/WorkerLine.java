package io.maeharness.cli.progress;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.WorkerMessage;
import java.util.Locale;
import java.util.Optional;

/**
 * What one worker does, as one line.
 *
 * @param stage the stage it computes
 * @param totalSteps steps of the stage, 0 while unknown
 * @param step the last it told
 * @param phase what it does outside its steps; empty while it steps
 */
record WorkerLine(PlannedStage stage, long totalSteps, Optional<WorkerMessage.Step> step, String phase) {
    static WorkerLine taken(PlannedStage stage) {
        return new WorkerLine(stage, 0, Optional.empty(), "starting");
    }

    /** The first message of a stage says where it begins; later ones, of a stage without losses, how far it is. */
    WorkerLine started(WorkerMessage.Started started) {
        if (totalSteps > 0) {
            return this;
        }
        String begun = started.firstStep() > 0 ? "going on from step " + started.firstStep() : "starting";
        return new WorkerLine(stage, started.totalSteps(), step, begun);
    }

    WorkerLine stepped(WorkerMessage.Step told) {
        return new WorkerLine(stage, totalSteps, Optional.of(told), "");
    }

    WorkerLine inPhase(String what) {
        return new WorkerLine(stage, totalSteps, step, what);
    }

    /** The stage's kind and the first case that needs it: {@code pretrain table1a/depth-1 +3}. */
    static String name(PlannedStage stage) {
        int others = stage.cases().size() - 1;
        return stage.stage().kind() + " " + stage.cases().get(0) + (others > 0 ? " +" + others : "");
    }

    String text(int worker) {
        String head = "worker " + (worker + 1) + "  " + name(stage) + "  ";
        if (!phase.isEmpty() || step.isEmpty()) {
            return head + phase;
        }
        WorkerMessage.Step now = step.get();
        String share = totalSteps > 0 ? Math.round(100.0 * now.step() / totalSteps) + " %  " : "";
        return head
                + String.format(
                        Locale.ROOT,
                        "%sepoch %.2f  loss %.4f  %,.0f images/s",
                        share,
                        now.epoch(),
                        now.loss(),
                        now.imagesPerSecond());
    }
}
