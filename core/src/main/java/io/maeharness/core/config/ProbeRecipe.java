package io.maeharness.core.config;

import java.util.List;

/**
 * Linear probing: one linear layer on frozen features, trained by LARS.
 *
 * @param schedule length and learning rate
 * @param momentum LARS momentum
 * @param trustCoefficient LARS trust coefficient
 * @param weightDecay LARS weight decay
 * @param pooling {@code cls} for the class token, as published, or {@code gap} for the mean of the patch tokens
 * @param minCropScale smallest area of the random crop, as a share of the picture
 * @param cachedViews how many augmented views of each image have their features computed and take turns; 0 computes a
 *     fresh view every epoch, as published
 */
public record ProbeRecipe(
        Schedule schedule,
        double momentum,
        double trustCoefficient,
        double weightDecay,
        String pooling,
        double minCropScale,
        int cachedViews) {
    /** Checks every field. */
    public ProbeRecipe {
        Check.within("probe.momentum", momentum, 0, 0.9999);
        Check.positive("probe.trustCoefficient", trustCoefficient);
        Check.within("probe.weightDecay", weightDecay, 0, 10);
        Check.oneOf("probe.pooling", pooling, List.of("cls", "gap"));
        Check.within("probe.minCropScale", minCropScale, 0.01, 1);
        Check.atLeast("probe.cachedViews", cachedViews, 0);
    }
}
