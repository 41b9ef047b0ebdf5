package io.maeharness.ablations.plan;

import io.maeharness.core.stage.ImageFacts;
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

    /** What it asks of a machine with GPUs, part after part. */
    public List<Workload> workload() {
        return stage.workload(images);
    }

    /** Bytes that a worker needs for it, roughly. */
    public double bytes() {
        return stage.bytes(images.channels());
    }
}
