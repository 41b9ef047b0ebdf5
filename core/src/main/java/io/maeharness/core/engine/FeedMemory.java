package io.maeharness.core.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Memory of the processor that a device is fed from.
 *
 * <p>A GPU reads pinned memory by itself, so that a copy is asked for and not waited for. Whoever fills a block may release it
 * as soon as its copy was asked for: PyTorch hands the memory out again only when the device has read it. That is why each
 * batch takes a block of its own, instead of one of two that would have to be waited for. Used by one thread at a time,
 * but blocks may be filled by any.
 */
public final class FeedMemory implements AutoCloseable {
    /** Levels that are looked up at a time: their places in the table take 32 MiB. */
    private static final int VALUES_AT_ONCE = 1 << 22;

    /** What a block holds. */
    public enum Kind {
        /** Bytes: levels 0 to 255. */
        LEVELS(0, Byte.BYTES),
        /** 32-bit floats. */
        FLOATS(6, Float.BYTES),
        /** 64-bit integers. */
        LONGS(4, Long.BYTES);

        private final int number;
        private final int width;

        Kind(int ofPyTorch, int width) {
            number = ofPyTorch;
            this.width = width;
        }
    }

    private final NDManager device;
    private final NDManager host;
    private final NDArray here;
    private final Map<List<Long>, NDArray> numbers = new HashMap<>();
    private final Script script;

    /**
     * Prepares to allocate.
     *
     * @param manager on the device; where that is a GPU the memory is pinned
     */
    public FeedMemory(NDManager manager) {
        this(manager, VALUES_AT_ONCE);
    }

    /**
     * Prepares to allocate.
     *
     * @param valuesAtOnce levels that are looked up at a time
     */
    FeedMemory(NDManager manager, int valuesAtOnce) {
        device = manager.newSubManager();
        host = device.newSubManager(Device.cpu());
        here = device.zeros(new Shape(1));
        Map<String, Object> attributes =
                Map.of("training", true, "pinned", manager.getDevice().isGpu(), "values", valuesAtOnce);
        script = Script.load(device, "feed.py", "Feed", attributes);
    }

    /** A piece of memory of the processor, of any content at first; its bytes are gone when it is closed. */
    public static final class Block implements AutoCloseable {
        private final NDArray array;
        private final ByteBuffer bytes;

        private Block(NDArray array) {
            this.array = array;
            bytes = array.toByteBuffer(true);
        }

        /** The memory itself, in the byte order of this machine; positions are to be left as they are. */
        public ByteBuffer bytes() {
            return bytes;
        }

        @Override
        public void close() {
            array.close();
        }
    }

    /**
     * A new block.
     *
     * @param count of its values, which take less than 2 GiB
     */
    public Block allocate(Kind kind, int count) {
        long[] how = {kind.number, Math.multiplyExact(count, kind.width) / kind.width};
        NDArray block =
                script.call("block", new ScriptArguments().add(numbers(how))).singletonOrThrow();
        block.attach(host);
        return new Block(block);
    }

    /** Copies a block to the device; the scope owns the copy. */
    public NDArray put(NDManager scope, Block block, Shape shape) {
        return call("put", scope, block, List.of(here), shape.getShape());
    }

    /** Calls a method that begins with a copy of a block and ends with numbers that stay on the processor. */
    private NDArray call(String method, NDManager scope, Block block, List<NDArray> arrays, long[] numbers) {
        Crossings.countUpload(block.bytes.capacity());
        ScriptArguments arguments = new ScriptArguments().add(block.array);
        arrays.forEach(arguments::add);
        NDArray result = script.call(method, arguments.add(numbers(numbers))).singletonOrThrow();
        result.attach(scope);
        return result;
    }

    /** Shapes are few, and the same in every step. */
    private NDArray numbers(long[] values) {
        return numbers.computeIfAbsent(LongStream.of(values).boxed().toList(), list -> HostNumbers.of(host, values));
    }

    /** What levels 0 to 255 stand for on the device: for each channel 256 values. */
    public static final class LevelTable implements AutoCloseable {
        private final NDArray values;
        private final NDArray first;

        /**
         * Copies a table to a device.
         *
         * @param values [channels * 256]
         */
        public LevelTable(NDManager manager, float[] values) {
            long[] places = new long[values.length / 256];
            for (int channel = 0; channel < places.length; channel++) {
                places[channel] = channel * 256L;
            }
            this.values = manager.create(values);
            first = manager.create(places, new Shape(places.length, 1, 1));
        }

        @Override
        public void close() {
            values.close();
            first.close();
        }
    }

    /**
     * Copies levels to the device and looks up what they stand for.
     *
     * @param block of levels
     * @param shape [N, C, S, S]
     * @param scope owns the result
     */
    public NDArray standardised(NDManager scope, Block block, LevelTable table, Shape shape) {
        return call("standardised", scope, block, List.of(table.values, table.first), shape.getShape());
    }

    /** Releases all blocks. */
    @Override
    public void close() {
        script.close();
        device.close();
    }
}
