package io.maeharness.core.supervised;

import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.optim.ParameterGroups;

/**
 * Which parameters partial fine-tuning trains. Source: paper, figure 9 and section 4.3.
 *
 * @param blocks how many of the last blocks; negative for everything; 0.5 for the MLP half of the last block
 * @param depth blocks of the encoder
 */
record TunedBlocks(double blocks, int depth) {
    /** Whether a parameter of {@code Layout.classifier} is trained. */
    boolean trains(ParameterSpec spec) {
        String name = spec.name();
        if (name.startsWith("norm.")) {
            return false; // The head has a norm of its own; the encoder's is not applied.
        }
        if (blocks < 0 || name.startsWith("head.") || name.startsWith("fc_norm.")) {
            return true;
        }
        int fromTheEnd = depth - ParameterGroups.layer(name, depth);
        if (fromTheEnd < (int) blocks) {
            return true;
        }
        boolean half = blocks - (int) blocks > 0 && fromTheEnd == (int) blocks;
        return half && (name.contains(".mlp.") || name.contains(".norm2."));
    }
}
