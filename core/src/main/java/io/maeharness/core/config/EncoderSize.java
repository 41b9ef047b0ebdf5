package io.maeharness.core.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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
        Check.atLeast("sizes.depth", depth, 1);
        Check.divides("4 (sine-cosine positions) ", 4, "sizes.dim", dim);
        Check.divides("sizes.heads", heads, "sizes.dim", dim);
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
