package io.maeharness.core.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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
        ModelSettings.checkSide("sizes.highResolution", highResolution);
    }

    /**
     * A size of the encoder of table 3.
     *
     * @param dim width D
     * @param depth number of blocks
     * @param heads attention heads
     * @param changes other keys of the profile that this size changes, such as {@code finetune.schedule.epochs}
     */
    public record EncoderSize(int dim, int depth, int heads, Map<String, String> changes) {
        /** Checks every field; the changes are checked when they are applied. */
        public EncoderSize {
            ModelSettings.checkDepth("sizes.depth", depth);
            ModelSettings.checkWidth("sizes.dim", dim, "sizes.heads", heads);
            changes = Collections.unmodifiableMap(new TreeMap<>(changes));
        }

        /** The changes that make a profile's encoder this large. */
        public Map<String, String> allChanges() {
            Map<String, String> all = new TreeMap<>(changes);
            all.put("model.encoderDim", Integer.toString(dim));
            all.put("model.encoderDepth", Integer.toString(depth));
            all.put("model.encoderHeads", Integer.toString(heads));
            return all;
        }
    }
}
