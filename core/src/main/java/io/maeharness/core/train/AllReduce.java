package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The part that one device has in summing arrays over several, after which all of them hold the sum. Each device owns a
 * range of the values: it adds up what all have there, then fetches from the others what they have added up. So every
 * link carries (D - 1) / D of the values twice, and not all of them to one device and back.
 *
 * <p>An owner adds pairs in the order of the devices, so that the sum is that of {@link PairwiseSum} continued.
 */
final class AllReduce {
    /** Floats of a range are a multiple of it. */
    private static final long ALIGNMENT = 64;

    private final Exchange exchange;
    private final List<NDArray> own = new ArrayList<>();
    private final List<NDArray> parts = new ArrayList<>();
    private final List<NDArray> sums = new ArrayList<>();
    private final List<NDArray> missing = new ArrayList<>();

    /**
     * Prepares the part of a device.
     *
     * @param exchange of that device; used by its thread alone
     * @param device its number
     * @param arrays of all devices, in the same shapes
     */
    AllReduce(Exchange exchange, int device, List<List<NDArray>> arrays) {
        this.exchange = exchange;
        int devices = arrays.size();
        own.addAll(views(arrays.get(device), device, devices));
        arrays.forEach(of -> parts.addAll(views(of, device, devices)));
        IntStream.range(0, devices).filter(owner -> owner != device).forEach(owner -> {
            sums.addAll(views(arrays.get(owner), owner, devices));
            missing.addAll(views(arrays.get(device), owner, devices));
        });
    }

    /** The ranges of an owner in the arrays of one device; empty ranges too, so that all devices have as many. */
    private List<NDArray> views(List<NDArray> arrays, int owner, int devices) {
        return arrays.stream()
                .map(array -> exchange.view(
                        array, bound(array.size(), owner, devices), bound(array.size(), owner + 1, devices)))
                .toList();
    }

    private static long bound(long size, int owner, int devices) {
        return owner == devices ? size : size * owner / devices / ALIGNMENT * ALIGNMENT;
    }

    /** First: adds up the range that the device owns, when all have theirs complete. */
    void reduce() {
        exchange.reduce(own, parts);
    }

    /** Then: fetches the ranges of the others, when all have added up theirs. */
    void gather() {
        exchange.copy(sums, missing);
    }
}
