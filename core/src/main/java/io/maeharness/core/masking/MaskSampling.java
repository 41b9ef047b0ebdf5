package io.maeharness.core.masking;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.maeharness.core.discovery.Named;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How the removed patches of an image are chosen: the rows of table 1f. */
public sealed interface MaskSampling extends Named permits RandomSampling, BlockSampling, GridSampling {
    /**
     * The sampling of a name.
     *
     * @throws IllegalArgumentException when there is none; the message lists the known ones
     */
    @JsonCreator
    static MaskSampling of(String key) {
        return Named.of(MaskSampling.class, "mask sampling", key);
    }

    /**
     * What it needs of a grid of patches and does not have there; empty where it can be applied.
     *
     * @param grid patches along one side
     */
    default Optional<String> unmet(int grid) {
        return Optional.empty();
    }

    /** Whether it reaches the count of removed patches only with some that are added at random. */
    default boolean topsUp() {
        return false;
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
