package io.maeharness.ablations.plan;

import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.MicroBatch;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.Workload;
import java.util.List;
import java.util.Optional;

/**
 * A stage of a plan.
 *
 * @param hash identity of the stage
 * @param stage what is to be computed
 * @param parent hash of the stage whose weights it starts from; the plan holds that one too, before this
 * @param cases the cases that need it, as on the command line ({@code table1a/depth-4}), in the order of the plan
 * @param images facts of its images
 */
public record PlannedStage(String hash, Stage stage, Optional<String> parent, List<String> cases, ImageFacts images) {
    /** Copies the list. */
    public PlannedStage {
        cases = List.copyOf(cases);
    }

    /** Whether it could be run again; an imported model has nothing that it could be computed from. */
    public boolean canBeComputed() {
        return stage.origin() != Stage.Origin.IMPORTED;
    }

    /** Multiply-accumulates of the whole stage. */
    public double macs() {
        return stage.macs(images);
    }

    /**
     * What it asks of a machine with GPUs, part after part.
     *
     * @param microBatch images that are computed on at once, where it trains
     */
    public List<Workload> workload(int microBatch) {
        return stage.workload(images, microBatch);
    }

    /**
     * Images that a GPU computes on at once; 1 where nothing is trained.
     *
     * @param deviceBytes memory of the GPU
     */
    public int microBatchOn(double deviceBytes) {
        return stage.schedule()
                .map(schedule -> MicroBatch.fitting(schedule, count -> bytes(count), deviceBytes)
                        .orElse(schedule.microBatch()))
                .orElse(1);
    }

    /**
     * Bytes that a worker needs for it, roughly, with micro-batches of another size than the recipe's.
     *
     * @param microBatch images that are computed on at once
     */
    public double bytes(int microBatch) {
        return stage.bytes(images.channels(), microBatch);
    }

    /** Bytes that a worker needs for it, roughly. */
    public double bytes() {
        return stage.bytes(images.channels());
    }
}
