package io.maeharness.core.masking;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** Keeps one of every four patches, the upper left of each 2x2 cell. Source: paper, figure 6 and table 1f. */
public record GridSampling() implements MaskSampling {
    @Override
    public String key() {
        return "grid";
    }

    @Override
    public Optional<String> unmet(int grid) {
        return grid % 2 == 0 ? Optional.empty() : Optional.of("an even number of patches a side, got " + grid);
    }

    @Override
    public int sample(int grid, int lenKeep, RandomGenerator random, long[] shuffle, int offset) {
        unmet(grid).ifPresent(need -> {
            throw new IllegalArgumentException("grid sampling needs " + need + "; choose another patch size");
        });
        if (lenKeep != grid * grid / 4) {
            throw new IllegalArgumentException("grid sampling keeps one patch of four, " + grid * grid / 4
                    + " here, got " + lenKeep + "; use mask ratio 0.75");
        }
        double[] noise = NoiseOrder.draw(grid * grid, random);
        for (int i = 0; i < noise.length; i++) {
            boolean kept = (i / grid) % 2 == 0 && (i % grid) % 2 == 0;
            noise[i] += kept ? 0 : 1;
        }
        NoiseOrder.argsort(noise, shuffle, offset);
        return 0;
    }
}
