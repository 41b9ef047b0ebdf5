package io.maeharness.workbench;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.config.ModelSettings;
import java.util.List;

/**
 * How many workers share a GPU. A step starts hundreds of kernels, a few microseconds each whatever they do: small models
 * leave a GPU idle most of the time, and several of them do not see each other. Counted, not measured on a card.
 */
final class SharedGpu {
    private static final int MOST = 8;

    /** Cores that a worker keeps busy: one that starts kernels, and a part of one that augments images. */
    private static final double CORES_A_WORKER = 1.5;

    private static final double USABLE = 0.85;

    /**
     * Values of a layer up to which reading and writing them in fp32 takes less time than starting the kernel: 6 microseconds
     * at 2.5 TB/s.
     */
    private static final double SMALL_LAYER = 6e-6 * 2.5e12 / 8;

    private SharedGpu() {}

    /**
     * Workers of a GPU, at least one.
     *
     * @param stages that may run at the same time
     * @param gpuBytes memory of the GPU; 0 where the driver does not tell, which leaves it to one
     * @param cores for the workers of this GPU
     */
    static int workers(List<PlannedStage> stages, double gpuBytes, int cores) {
        if (gpuBytes <= 0 || !stages.stream().allMatch(stage -> isSmall(stage, gpuBytes))) {
            return 1;
        }
        double largest = stages.stream()
                .mapToDouble(stage -> bytes(stage, gpuBytes))
                .max()
                .orElse(gpuBytes);
        double most = Math.min(cores / CORES_A_WORKER, USABLE * gpuBytes / largest);
        return (int) Math.max(1, Math.min(MOST, Math.floor(most)));
    }

    /** Whether a layer of its model, for the images that the GPU takes at once, is done before the next one is started. */
    private static boolean isSmall(PlannedStage stage, double gpuBytes) {
        ModelSettings model = stage.stage().model();
        return (double) stage.microBatchOn(gpuBytes) * (1 + model.numPatches()) * model.encoderDim() <= SMALL_LAYER;
    }

    private static double bytes(PlannedStage stage, double gpuBytes) {
        return stage.bytes(stage.microBatchOn(gpuBytes));
    }
}
