package io.maeharness.core.config;

/**
 * Linear probing: one linear layer on frozen features, trained by LARS.
 *
 * @param schedule length and learning rate
 * @param momentum LARS momentum
 * @param trustCoefficient LARS trust coefficient
 * @param weightDecay LARS weight decay
 * @param pooling what it reads of the encoder; as published, the class token
 * @param minCropScale smallest area of the random crop, as a share of the picture
 * @param cachedViews how many augmented views of each image have their features computed and take turns; 0 computes a
 *     fresh view every epoch, as published
 */
public record ProbeRecipe(
        Schedule schedule,
        double momentum,
        double trustCoefficient,
        double weightDecay,
        Pooling pooling,
        double minCropScale,
        int cachedViews) {
    /** Checks every field. */
    public ProbeRecipe {
        Check.within("probe.schedule.shards (a probe is one product)", schedule.shards(), 1, 1);
        Check.within("probe.momentum", momentum, 0, 0.9999);
        Check.positive("probe.trustCoefficient", trustCoefficient);
        Check.within("probe.weightDecay", weightDecay, 0, 10);
        Check.within("probe.minCropScale", minCropScale, 0.01, 1);
        Check.between("probe.cachedViews", cachedViews, 0, 100_000);
    }
}
