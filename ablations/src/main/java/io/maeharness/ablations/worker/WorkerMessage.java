package io.maeharness.ablations.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.maeharness.core.error.HarnessException;

/** What a worker tells the coordinator about the stage it was given. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "message")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerMessage.Started.class, name = "started"),
    @JsonSubTypes.Type(value = WorkerMessage.Step.class, name = "step"),
    @JsonSubTypes.Type(value = WorkerMessage.Phase.class, name = "phase"),
    @JsonSubTypes.Type(value = WorkerMessage.Done.class, name = "done"),
    @JsonSubTypes.Type(value = WorkerMessage.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = WorkerMessage.Interrupted.class, name = "interrupted")
})
public sealed interface WorkerMessage {
    /** A message after which the worker waits for the next order, or ends. */
    sealed interface Last extends WorkerMessage {}

    /**
     * The stage begins or goes on.
     *
     * @param firstStep 0, or the position of the checkpoint
     * @param totalSteps steps of the whole stage
     */
    record Started(long firstStep, long totalSteps) implements WorkerMessage {}

    /**
     * How far the stage is; a few times a second at most.
     *
     * @param step steps done
     * @param epoch position, epochs
     * @param loss of the step
     * @param imagesPerSecond over the last few seconds
     */
    record Step(long step, double epoch, double loss, double imagesPerSecond) implements WorkerMessage {}

    /**
     * What the stage does outside its steps.
     *
     * @param what for example {@code evaluating on 2,000 images}
     */
    record Phase(String what) implements WorkerMessage {}

    /**
     * The stage is finished and its outcome is on disk.
     *
     * @param seconds computing time, over all runs when it was interrupted
     */
    record Done(double seconds) implements Last {}

    /**
     * The stage has no result.
     *
     * @param kind what sort of problem it is
     * @param reason one line
     */
    record Failed(HarnessException.Kind kind, String reason) implements Last {}

    /**
     * The stage was asked to stop and has written a checkpoint.
     *
     * @param where one line
     */
    record Interrupted(String where) implements Last {}
}
