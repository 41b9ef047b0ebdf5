package io.maeharness.core.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.maeharness.core.error.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, every number of it checked against the size of the file.
 *
 * <p>It is read token by token and not as a tree, so that a hostile header cannot fill the memory.
 *
 * @param dataStart position of the first value in the file, bytes
 * @param entries tensors in ascending order of their offsets, without gap or overlap
 * @param metadata free text by key
 */
public record SafetensorsHeader(long dataStart, List<Entry> entries, Map<String, String> metadata) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String METADATA = "__metadata__";
    private static final int LENGTH_BYTES = 8;
    /** A ViT-H with its optimiser's state has 200 KiB. */
    private static final long LONGEST_HEADER = 8L << 20;

    private static final int MOST_DIMENSIONS = 16;

    /** Copies the collections. */
    public SafetensorsHeader {
        entries = List.copyOf(entries);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * One tensor.
     *
     * @param name its name
     * @param type format of its values
     * @param shape sizes, outermost first
     * @param begin first byte, from the start of the values
     * @param end byte after the last
     */
    public record Entry(String name, ElementType type, List<Long> shape, long begin, long end) {
        /** Copies the shape. */
        public Entry {
            shape = List.copyOf(shape);
        }

        /** Length of the values. */
        public long bytes() {
            return end - begin;
        }

        long[] sizes() {
            return shape.stream().mapToLong(Long::longValue).toArray();
        }
    }

    /**
     * Reads and checks the header.
     *
     * @throws IOException that says in a few words what is wrong with it
     */
    public static SafetensorsHeader read(FileChannel channel) throws IOException {
        long size = channel.size();
        long length = size < LENGTH_BYTES ? -1 : bytes(channel, 0, LENGTH_BYTES).getLong();
        if (length > size - LENGTH_BYTES
                && length <= LONGEST_HEADER
                && size > LENGTH_BYTES
                && bytes(channel, LENGTH_BYTES, 1).get() == '{') {
            throw new DamagedFileException("it ends inside its header");
        }
        if (length < 2 || length > LONGEST_HEADER || length > size - LENGTH_BYTES) {
            throw new IOException("it has " + size + " bytes and no header of a safetensors file");
        }
        List<Entry> entries = new ArrayList<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        byte[] json = bytes(channel, LENGTH_BYTES, (int) length).array();
        try (JsonParser parser = JSON.createParser(json)) {
            parse(parser, entries, metadata);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException("its header is not JSON: " + Quoted.cut(e.getOriginalMessage()), e);
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        checkOffsets(entries, size - LENGTH_BYTES - length);
        return new SafetensorsHeader(LENGTH_BYTES + length, entries, metadata);
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new DamagedFileException("it ends inside its header");
            }
        }
        return buffer.flip();
    }

    private static void parse(JsonParser json, List<Entry> entries, Map<String, String> metadata) throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT, "its header is not a JSON object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            expect(json.nextToken() == JsonToken.START_OBJECT, Quoted.of(name) + " of its header is no JSON object");
            if (name.equals(METADATA)) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String key = json.currentName();
                    expect(
                            json.nextToken() == JsonToken.VALUE_STRING,
                            "its metadata " + Quoted.of(key) + " is no text");
                    metadata.put(key, json.getText());
                }
            } else {
                entries.add(entry(name, json));
            }
        }
        expect(json.nextToken() == null, "something follows the JSON object of its header");
    }

    private static Entry entry(String name, JsonParser json) throws IOException {
        String type = "";
        List<Long> shape = null;
        List<Long> offsets = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> type = json.getText();
                case "shape" -> shape = numbers(name, json);
                case "data_offsets" -> offsets = numbers(name, json);
                default -> throw new IOException("tensor " + Quoted.of(name) + " has a field " + Quoted.of(field));
            }
        }
        ElementType known = ElementType.named(type).orElse(null);
        expect(known != null, "tensor " + Quoted.of(name) + " has the unknown type " + Quoted.of(type));
        expect(shape != null, "tensor " + Quoted.of(name) + " has no shape");
        expect(offsets.size() == 2, "tensor " + Quoted.of(name) + " has no two data_offsets");
        return fitting(new Entry(name, known, shape, offsets.get(0), offsets.get(1)));
    }

    private static List<Long> numbers(String name, JsonParser json) throws IOException {
        String said = "tensor " + Quoted.of(name) + " has a shape or offsets that are not a list of sizes";
        expect(json.currentToken() == JsonToken.START_ARRAY, said);
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken() == JsonToken.VALUE_NUMBER_INT && numbers.size() < MOST_DIMENSIONS, said);
            numbers.add(json.getLongValue());
            expect(numbers.get(numbers.size() - 1) >= 0, said);
        }
        return numbers;
    }

    private static Entry fitting(Entry entry) throws IOException {
        try {
            long bytes = entry.type().bytes();
            for (long size : entry.shape()) {
                bytes = Math.multiplyExact(bytes, size);
            }
            if (entry.begin() <= entry.end() && entry.bytes() == bytes) {
                return entry;
            }
        } catch (ArithmeticException e) {
            throw new IOException(
                    "tensor " + Quoted.of(entry.name()) + " of shape " + entry.shape() + " is larger than any file", e);
        }
        throw new IOException("tensor " + Quoted.of(entry.name()) + " of shape " + entry.shape() + " lies at bytes "
                + entry.begin() + " to " + entry.end() + ", which does not fit its shape");
    }

    private static void checkOffsets(List<Entry> entries, long available) throws IOException {
        long expected = 0;
        for (Entry entry : entries) {
            if (entry.begin() != expected) {
                throw new IOException("tensor " + Quoted.of(entry.name()) + " begins at byte " + entry.begin()
                        + ", expected " + expected);
            }
            expected = entry.end();
        }
        if (expected > available) {
            throw new DamagedFileException(
                    "it ends early: it holds " + available + " bytes of values, its header says " + expected);
        }
        if (expected != available) {
            throw new IOException("it holds " + available + " bytes of values, its header says " + expected);
        }
    }

    private static void expect(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }
}
