package io.maeharness.core.masking;

import java.util.List;
import java.util.random.RandomGenerator;

/** How the removed patches of an image are chosen: the rows of table 1f. */
public sealed interface MaskSampling permits RandomSampling, BlockSampling, GridSampling {
    /** Keys of the configuration, in the order of the table. */
    List<String> KEYS = List.of("random", "block", "grid");

    /** Returns the sampling of a configuration key. */
    static MaskSampling of(String key) {
        return switch (key) {
            case "random" -> new RandomSampling();
            case "block" -> new BlockSampling();
            case "grid" -> new GridSampling();
            default ->
                throw new IllegalArgumentException(
                        "mask sampling must be one of " + String.join(", ", KEYS) + ", got '" + key + "'");
        };
    }

    /**
     * Orders the patches of one image: the first {@code lenKeep} stay, the others are removed.
     *
     * @param grid patches along one side, so that L = grid * grid
     * @param lenKeep patches kept, between 1 and L - 1
     * @param random the sample's own generator
     * @param shuffle filled with patch numbers (row-major) from {@code offset} on, L of them
     * @return patches that were added or taken back at random to reach exactly {@code lenKeep}
     */
    int sample(int grid, int lenKeep, RandomGenerator random, long[] shuffle, int offset);
}
