package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of arrays over shards by a fixed binary tree: shard 0 with 1, 2 with 3, then the two sums, and so on. The tree
 * depends on the number of shards alone, so that the bits of the sum do not depend on who computed which shard.
 *
 * <p>Shards come one after another in the same arrays; for n shards log2(n) further sets of arrays are kept.
 */
final class PairwiseSum {
    private final Exchange exchange;
    private final List<NDArray> current;
    private final List<List<NDArray>> waiting = new ArrayList<>();
    private long done;

    /**
     * Prepares a sum.
     *
     * @param exchange on the device of the arrays; stays the caller's
     * @param current where each shard lies when it is complete
     */
    PairwiseSum(Exchange exchange, List<NDArray> current) {
        this.exchange = exchange;
        this.current = List.copyOf(current);
    }

    /**
     * Takes the shard that lies in the arrays. Where it completes a pair, the pair's sum takes its place, and so on; what
     * still waits for its other half is put aside, and the arrays are zero.
     */
    void add() {
        int level = 0;
        for (; (done >> level & 1) == 1; level++) {
            exchange.add(current, waiting.get(level));
        }
        done++;
        putAside(level);
    }

    /** Puts the sum of all shards back into the arrays and begins anew; there must have been a power of two of them. */
    void finish() {
        int top = Long.numberOfTrailingZeros(done);
        if (Long.bitCount(done) != 1) {
            throw new IllegalStateException(done + " shards are no power of two");
        }
        exchange.copy(waiting.get(top), current);
        done = 0;
    }

    private void putAside(int level) {
        while (waiting.size() <= level) {
            waiting.add(current.stream().map(NDArray::duplicate).toList());
        }
        exchange.copy(current, waiting.get(level));
        exchange.clear(current);
    }
}
