package io.maeharness.interop.exchange;

import io.maeharness.core.checkpoint.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Which values of a storage make up a tensor, checked against the length of the storage.
 *
 * @param offset index of the first value
 * @param sizes outermost first
 * @param strides values from one index to the next, for each dimension
 */
record StridedView(long offset, List<Long> sizes, List<Long> strides) {
    /** As many as Java holds in one array. */
    private static final long MOST_VALUES = Integer.MAX_VALUE - 8L;

    private static final int MOST_DIMENSIONS = 16;

    /** Copies the lists. */
    StridedView {
        sizes = List.copyOf(sizes);
        strides = List.copyOf(strides);
    }

    /**
     * A view that lies inside its storage.
     *
     * @param available values of the storage
     * @throws IOException that says what does not fit
     */
    static StridedView of(long offset, List<Long> sizes, List<Long> strides, long available) throws IOException {
        String shape = "a tensor of shape " + sizes.subList(0, Math.min(sizes.size(), MOST_DIMENSIONS));
        boolean negative = offset < 0
                || sizes.stream().anyMatch(size -> size < 0)
                || strides.stream().anyMatch(stride -> stride < 0);
        if (sizes.size() > MOST_DIMENSIONS || sizes.size() != strides.size() || negative) {
            throw new IOException(shape + " has " + strides.size() + " strides, or a negative size, stride or offset");
        }
        StridedView view = new StridedView(offset, sizes, strides);
        try {
            long count = view.count();
            if (count > MOST_VALUES || count > available) {
                throw new IOException(shape + " has more values than its storage, which has " + available);
            }
            if (count > 0 && Math.addExact(offset, view.reach()) >= available) {
                throw new IOException(shape + " reaches beyond its storage of " + available + " values");
            }
        } catch (ArithmeticException e) {
            throw new IOException(shape + " has more values than its storage, which has " + available, e);
        }
        return view;
    }

    /** Values of the tensor. */
    long count() {
        return sizes.contains(0L) ? 0 : sizes.stream().reduce(1L, Math::multiplyExact);
    }

    /** Values from the first to the last that the view touches, both counted. */
    long span() {
        return count() == 0 ? 0 : reach() + 1;
    }

    private long reach() {
        long reach = 0;
        for (int i = 0; i < sizes.size(); i++) {
            reach = Math.addExact(reach, Math.multiplyExact(sizes.get(i) - 1, strides.get(i)));
        }
        return reach;
    }

    /**
     * The values in row-major order, as fp32.
     *
     * @param span the bytes of {@link #span()} values from {@link #offset()} on, in the byte order of the file
     */
    float[] gather(ByteBuffer span, ElementType type) {
        float[] values = new float[(int) count()];
        if (type == ElementType.F32 && values.length == span() && isRowMajor()) {
            span.asFloatBuffer().get(values);
            return values;
        }
        int[] index = new int[sizes.size()];
        long at = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = type.read(span, (int) (at * type.bytes()));
            at = advance(index, at);
        }
        return values;
    }

    /** Steps to the next index like an odometer; returns its place in the span. */
    private long advance(int[] index, long place) {
        long at = place;
        for (int d = index.length - 1; d >= 0; d--) {
            at += strides.get(d);
            index[d]++;
            if (index[d] < sizes.get(d)) {
                return at;
            }
            at -= strides.get(d) * index[d];
            index[d] = 0;
        }
        return at;
    }

    private boolean isRowMajor() {
        long expected = 1;
        for (int d = sizes.size() - 1; d >= 0; d--) {
            if (sizes.get(d) != 1 && strides.get(d) != expected) {
                return false;
            }
            expected *= sizes.get(d);
        }
        return true;
    }

    /** A row-major tensor that fills its storage, in the little-endian bytes of a safetensors file. */
    static float[] rowMajor(ByteBuffer bytes, ElementType type) {
        int count = bytes.remaining() / type.bytes();
        return new StridedView(0, List.of((long) count), List.of(1L))
                .gather(bytes.order(ByteOrder.LITTLE_ENDIAN), type);
    }
}
