package io.maeharness.core.optim;

import io.maeharness.core.model.ParameterSpec;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learning-rate scale and weight decay of each parameter.
 *
 * <p>Weight decay is left out for tensors of rank 1 and lower and, in fine-tuning, for positions and class token. Layer i
 * of an encoder of depth d is scaled by decay^(d + 1 - i): i = 0 the patch projection, class token and positions, i = k + 1
 * block k, and 1 for what follows the blocks. Source: paper, table 9; BEiT's layer-wise decay.
 */
public final class ParameterGroups {
    private static final Pattern BLOCK = Pattern.compile("^blocks\\.(\\d+)\\..*");
    private static final String PATCH_PROJECTION = "patch_embed.";
    private static final Set<String> UNDECAYED = Set.of("cls_token", "pos_embed");

    private ParameterGroups() {}

    /**
     * What the optimiser does to one parameter.
     *
     * @param lrScale factor of the learning rate; negative for a frozen parameter
     * @param weightDecay decoupled weight decay
     */
    public record Group(double lrScale, double weightDecay) {
        /** A parameter that is not trained. */
        public static final Group FROZEN = new Group(-1, 0);

        /** Whether the parameter is left alone. */
        public boolean frozen() {
            return lrScale < 0;
        }
    }

    /** Pre-training: one rate; decay on rank 2 and higher, class and mask token included. */
    public static List<Group> pretraining(List<ParameterSpec> specs, double weightDecay) {
        return specs.stream()
                .map(s -> new Group(1, s.shape().size() > 1 ? weightDecay : 0))
                .toList();
    }

    /**
     * Training with labels.
     *
     * @param depth blocks of the encoder
     * @param layerDecay 1 for one rate
     */
    public static List<Group> supervised(List<ParameterSpec> specs, int depth, double layerDecay, double weightDecay) {
        return specs.stream()
                .map(s -> new Group(
                        Math.pow(layerDecay, depth + 1.0 - layer(s.name(), depth)),
                        s.shape().size() > 1 && !UNDECAYED.contains(s.name()) ? weightDecay : 0))
                .toList();
    }

    /** Layer of a parameter: 0 before the blocks, k + 1 for block k, depth + 1 after them. */
    public static int layer(String name, int depth) {
        if (UNDECAYED.contains(name) || name.startsWith(PATCH_PROJECTION)) {
            return 0;
        }
        Matcher block = BLOCK.matcher(name);
        return block.matches() ? Integer.parseInt(block.group(1)) + 1 : depth + 1;
    }
}
