package io.maeharness.core.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, every number of it checked against the size of the file.
 *
 * @param dataStart position of the first value in the file, bytes
 * @param entries tensors in ascending order of their offsets, without gap or overlap
 * @param metadata free text by key
 */
record SafetensorsHeader(long dataStart, List<Entry> entries, Map<String, String> metadata) {
    private static final int LENGTH_BYTES = 8;
    private static final long LONGEST_HEADER = 100L << 20;

    /**
     * One float32 tensor.
     *
     * @param shape sizes, outermost first
     * @param begin first byte, from the start of the values
     * @param end byte after the last
     */
    record Entry(String name, List<Long> shape, long begin, long end) {
        long bytes() {
            return end - begin;
        }

        long[] sizes() {
            return shape.stream().mapToLong(Long::longValue).toArray();
        }
    }

    static SafetensorsHeader read(FileChannel channel) throws IOException {
        long size = channel.size();
        long length = size < LENGTH_BYTES ? -1 : bytes(channel, 0, LENGTH_BYTES).getLong();
        if (length < 2 || length > LONGEST_HEADER || length > size - LENGTH_BYTES) {
            throw new IOException("it has " + size + " bytes and no header of a safetensors file");
        }
        JsonNode root =
                Safetensors.parse(bytes(channel, LENGTH_BYTES, (int) length).array());
        if (root == null || !root.isObject()) {
            throw new IOException("its header is not a JSON object");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals("__metadata__")) {
                field.getValue()
                        .properties()
                        .forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
            } else {
                entries.add(entry(field.getKey(), field.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin));
        checkOffsets(entries, size - LENGTH_BYTES - length);
        return new SafetensorsHeader(LENGTH_BYTES + length, List.copyOf(entries), metadata);
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("it ends inside its header");
            }
        }
        return buffer.flip();
    }

    private static Entry entry(String name, JsonNode tensor) throws IOException {
        if (!tensor.path("dtype").asText().equals("F32")) {
            throw new IOException(
                    "tensor '" + name + "' has type '" + tensor.path("dtype").asText() + "', only F32 is read");
        }
        List<Long> shape = new ArrayList<>();
        long values = 1;
        for (JsonNode size : tensor.path("shape")) {
            if (!size.canConvertToLong() || size.asLong() < 0) {
                throw new IOException("tensor '" + name + "' has a size of " + size);
            }
            shape.add(size.asLong());
            values = Math.multiplyExact(values, size.asLong());
        }
        JsonNode offsets = tensor.path("data_offsets");
        Entry entry = new Entry(
                name, shape, offsets.path(0).asLong(-1), offsets.path(1).asLong(-1));
        if (entry.begin() < 0 || entry.bytes() != Math.multiplyExact(values, Float.BYTES)) {
            throw new IOException("tensor '" + name + "' of shape " + shape + " lies at bytes " + entry.begin() + " to "
                    + entry.end() + ", which does not fit its shape");
        }
        return entry;
    }

    private static void checkOffsets(List<Entry> entries, long available) throws IOException {
        long expected = 0;
        for (Entry entry : entries) {
            if (entry.begin() != expected) {
                throw new IOException(
                        "tensor '" + entry.name() + "' begins at byte " + entry.begin() + ", expected " + expected);
            }
            expected = entry.end();
        }
        if (expected != available) {
            throw new IOException("it holds " + available + " bytes of values, its header says " + expected);
        }
    }
}
