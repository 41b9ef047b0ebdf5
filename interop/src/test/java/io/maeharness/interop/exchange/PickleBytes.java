package io.maeharness.interop.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Pickles written operation by operation, as {@code torch.save} does with protocol 2. */
final class PickleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleBytes() {
        raw(0x80, 2);
    }

    PickleBytes raw(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
        return this;
    }

    PickleBytes op(char operation) {
        return raw(operation);
    }

    PickleBytes text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        op('X').little(Integer.BYTES, bytes.length).out.writeBytes(bytes);
        return this;
    }

    PickleBytes global(String module, String name) {
        out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PickleBytes integer(long value) {
        if (value >= 0 && value < 256) {
            return op('K').little(1, value);
        }
        return value == (int) value
                ? op('J').little(Integer.BYTES, value)
                : raw(0x8a, 8).little(Long.BYTES, value);
    }

    PickleBytes integers(long... values) {
        op('(');
        for (long value : values) {
            integer(value);
        }
        return op('t');
    }

    /** A call of {@code torch._utils._rebuild_tensor_v2}. */
    PickleBytes tensor(String storageType, String key, long count, long offset, long[] sizes, long[] strides) {
        global("torch._utils", "_rebuild_tensor_v2").op('(').op('(').text("storage");
        global("torch", storageType)
                .text(key)
                .text("cpu")
                .integer(count)
                .op('t')
                .op('Q');
        integer(offset).integers(sizes).integers(strides).raw(0x89);
        return global("collections", "OrderedDict").op(')').op('R').op('t').op('R');
    }

    PickleBytes little(int bytes, long value) {
        byte[] all = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        out.write(all, 0, bytes);
        return this;
    }

    byte[] end() {
        op('.');
        return out.toByteArray();
    }
}
