package io.maeharness.core.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The source of every random number of a stage.
 *
 * <p>It holds no state: each generator is a function of the seed and the three arguments, so the
 * order in which draws are made, their number elsewhere, and interruptions do not matter.
 *
 * @param stageSeed any 64-bit number
 */
public record StageRandom(long stageSeed) {

    private static final long WHOLE_EPOCH = -1;

    /**
     * Returns a fresh generator for one purpose, epoch and index.
     *
     * <p>Cheap enough for one call a sample: three mixing rounds and one small object.
     *
     * @param purpose what the draws are for
     * @param epoch the epoch from 0, or 0 where there is none
     * @param index the sample or step within the epoch
     */
    public RandomGenerator at(Purpose purpose, long epoch, long index) {
        return new SplitMix(stateAt(purpose, epoch, index));
    }

    /**
     * The state of that generator before its first draw, for those who draw elsewhere: the i-th draw, from 1, is SplitMix64's
     * finaliser of the state and i times the golden gamma.
     */
    public long stateAt(Purpose purpose, long epoch, long index) {
        long state = SplitMix.mix(stageSeed + purpose.code() * SplitMix.GOLDEN_GAMMA);
        state = SplitMix.mix(state + epoch * 0xD1342543DE82EF95L + 1);
        return SplitMix.mix(state + index * 0xAF251AF3B0F025B5L + 2);
    }

    /**
     * Returns a fresh generator for one purpose and a named thing, such as a parameter: models that have it in common draw
     * the same for it, whatever else they have.
     *
     * @param purpose what the draws are for
     * @param name of the thing; its UTF-8 bytes are mixed in, eight at a time
     */
    public RandomGenerator at(Purpose purpose, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int eights = (bytes.length + Long.BYTES - 1) / Long.BYTES;
        ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(bytes, eights * Long.BYTES));
        long index = bytes.length;
        while (padded.hasRemaining()) {
            index = SplitMix.mix(index + SplitMix.GOLDEN_GAMMA + padded.getLong());
        }
        return at(purpose, 0, index);
    }

    /**
     * Returns the numbers 0 to n - 1 in a random order (Fisher-Yates).
     *
     * @param purpose what the order is for
     * @param epoch the epoch from 0
     * @param n how many; at least 0
     */
    public int[] permutation(Purpose purpose, long epoch, int n) {
        if (n < 0) {
            throw new IllegalArgumentException("a permutation needs 0 or more elements, got " + n);
        }
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        RandomGenerator random = at(purpose, epoch, WHOLE_EPOCH);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        return order;
    }
}
