package io.maeharness.core.config;

/**
 * What table 3 varies beside the method: this profile's counterparts of ViT-B, L and H, and the longer schedule of MAE.
 *
 * <p>Small profiles keep the ratios of the paper's depths (12, 24, 32) and widths (768, 1024, 1280).
 *
 * @param vitB counterpart of ViT-B
 * @param vitL counterpart of ViT-L
 * @param vitH counterpart of ViT-H
 * @param maeEpochs pre-training epochs of MAE in table 3; the paper's are 1600, twice those of its ablations
 * @param maeWarmupEpochs warm-up of that schedule, epochs
 * @param maeBaseLr learning rate of that schedule for 256 images a step; the paper's is that of its ablations
 * @param highResolution side of the input, pixels, of the last column; the paper's is 448, twice that of pre-training
 */
public record SystemSizes(
        EncoderSize vitB,
        EncoderSize vitL,
        EncoderSize vitH,
        double maeEpochs,
        double maeWarmupEpochs,
        double maeBaseLr,
        int highResolution) {
    /** Checks the schedule. */
    public SystemSizes {
        Check.positive("sizes.maeEpochs", maeEpochs);
        Check.within("sizes.maeWarmupEpochs", maeWarmupEpochs, 0, maeEpochs);
        Check.positive("sizes.maeBaseLr", maeBaseLr);
        Check.atLeast("sizes.highResolution", highResolution, 1);
    }
}
