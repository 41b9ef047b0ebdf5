package io.maeharness.interop.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives in the layout of {@code torch.save}: stored entries, their data at multiples of 64 bytes. */
final class PthFile {
    private static final int ALIGNMENT = 64;

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private boolean deflated;

    static PthFile of(byte[] pickle) {
        return new PthFile().with("data.pkl", pickle);
    }

    /** A checkpoint like the official ones: tensors under {@code model}, and training arguments of a class of Python's. */
    static PthFile model(Map<String, long[]> shapes) {
        return checkpoint(Map.of("model", shapes), Map.of("lr", 0.001));
    }

    /** Dictionaries of tensors, an epoch, and training arguments of a class of Python's. */
    static PthFile checkpoint(Map<String, Map<String, long[]>> models, Map<String, Object> arguments) {
        PickleBytes pickle = new PickleBytes().op('}').op('(');
        List<byte[]> storages = new ArrayList<>();
        models.forEach((key, shapes) -> {
            pickle.text(key).op('}').op('(');
            shapes.forEach((name, shape) -> {
                long count = count(shape);
                pickle.text(name)
                        .tensor("FloatStorage", Integer.toString(storages.size()), count, 0, shape, rowMajor(shape));
                storages.add(floats(values(name, (int) count)));
            });
            pickle.op('u');
        });
        pickle.text("args").global("argparse", "Namespace").op(')').raw(0x81).op('}');
        arguments.forEach((name, value) -> plain(pickle.text(name), value).op('s'));
        PthFile file = of(pickle.op('b').text("epoch").integer(799).op('u').end());
        for (int i = 0; i < storages.size(); i++) {
            file.with("data/" + i, storages.get(i));
        }
        return file.with("version", "3\n".getBytes(StandardCharsets.US_ASCII))
                .with("byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    }

    private static PickleBytes plain(PickleBytes pickle, Object value) {
        if (value instanceof Boolean truth) {
            return pickle.raw(truth ? 0x88 : 0x89);
        }
        if (value instanceof Double number) {
            byte[] bytes = ByteBuffer.allocate(Double.BYTES).putDouble(number).array();
            pickle.op('G');
            for (byte b : bytes) {
                pickle.raw(b);
            }
            return pickle;
        }
        return value instanceof Integer number ? pickle.integer(number) : pickle.text(value.toString());
    }

    PthFile with(String name, byte[] contents) {
        entries.put(name, contents);
        return this;
    }

    PthFile deflated() {
        deflated = true;
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.flush();
                zip.putNextEntry(deflated ? new ZipEntry("x/" + entry.getKey()) : stored(entry, bytes.size()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ZipEntry stored(Map.Entry<String, byte[]> contents, int position) {
        ZipEntry entry = new ZipEntry("x/" + contents.getKey());
        CRC32 crc = new CRC32();
        crc.update(contents.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setCrc(crc.getValue());
        entry.setSize(contents.getValue().length);
        int start = position + 30 + entry.getName().length() + 4;
        int padding = (ALIGNMENT - start % ALIGNMENT) % ALIGNMENT;
        entry.setExtra(ByteBuffer.allocate(4 + padding)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'F')
                .put((byte) 'B')
                .putShort((short) padding)
                .array());
        return entry;
    }

    /** Values that differ from tensor to tensor. */
    static float[] values(String name, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (name.hashCode() % 1000) + i / 7f;
        }
        return values;
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    static long count(long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return count;
    }

    static long[] rowMajor(long... shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= shape[d];
        }
        return strides;
    }
}
