package io.maeharness.core.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes safetensors files: a length, a JSON header with type, shape and offsets of each tensor, the values.
 *
 * <p>The engine's own reader and writer hold a file in memory, keep offsets in 32 bits (a ViT-L with its optimiser has
 * 4 GB) and believe the header; this one streams and checks every number against the file first.
 */
public final class Safetensors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "__metadata__";
    private static final int LENGTH_BYTES = 8;

    private Safetensors() {}

    /**
     * Writes arrays so that a reader sees the old file or the new one, never a part, also after a power loss.
     *
     * @param arrays float32, in the order of the file
     * @param metadata free text by key
     * @throws HarnessException of kind DISK when the file cannot be written; the old file is then untouched
     */
    public static void write(Path file, Map<String, NDArray> arrays, Map<String, String> metadata) {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                writeAll(channel, header(arrays, metadata));
                for (NDArray array : arrays.values()) {
                    writeAll(channel, array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
                }
                channel.force(true);
            }
            replace(temporary, file);
        } catch (IOException e) {
            deleteQuietly(temporary);
            throw new HarnessException(
                    HarnessException.Kind.DISK,
                    "cannot write " + file + " (" + e.getMessage() + "); free some space and start again: what is"
                            + " finished is kept",
                    e);
        }
    }

    private static void replace(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException ignored) {
            // The write has failed already and its reason is what the user needs.
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static ByteBuffer header(Map<String, NDArray> arrays, Map<String, String> metadata) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            metadata.forEach(root.putObject(METADATA)::put);
        }
        long offset = 0;
        for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
            NDArray array = entry.getValue();
            if (array.getDataType() != DataType.FLOAT32) {
                throw new IllegalArgumentException(
                        "tensor '" + entry.getKey() + "' is " + array.getDataType() + "; only float32 is written");
            }
            long end = offset + array.size() * Float.BYTES;
            ObjectNode tensor = root.putObject(entry.getKey());
            tensor.put("dtype", "F32");
            for (long size : array.getShape().getShape()) {
                tensor.withArray("shape").add(size);
            }
            tensor.withArray("shape");
            tensor.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + LENGTH_BYTES - 1) / LENGTH_BYTES * LENGTH_BYTES;
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH_BYTES + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .put(json);
        while (buffer.hasRemaining()) {
            buffer.put((byte) ' ');
        }
        return buffer.flip();
    }

    /**
     * The arrays of a file and its metadata.
     *
     * @param arrays float32, by name in the order of the file; owned by the manager they were read with
     * @param metadata free text by key
     */
    public record Content(Map<String, NDArray> arrays, Map<String, String> metadata) {}

    /**
     * Reads a file after its header was checked against its size.
     *
     * @throws HarnessException of kind CHECKPOINT that names the file, what is wrong with it and the way out
     */
    public static Content read(NDManager manager, Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            SafetensorsHeader header = SafetensorsHeader.read(channel);
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            for (SafetensorsHeader.Entry entry : header.entries()) {
                ByteBuffer values = ByteBuffer.allocateDirect(Math.toIntExact(entry.bytes()))
                        .order(ByteOrder.nativeOrder());
                readAll(channel, values, header.dataStart() + entry.begin());
                arrays.put(entry.name(), manager.create(values.flip(), new Shape(entry.sizes()), DataType.FLOAT32));
            }
            return new Content(arrays, header.metadata());
        } catch (IOException | ArithmeticException e) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT,
                    "checkpoint " + file + " cannot be used: " + e.getMessage()
                            + "; delete it to go on from the one before, or to start the stage again",
                    e);
        }
    }

    private static void readAll(FileChannel channel, ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new IOException("it ends early");
            }
            at += count;
        }
    }

    /** Parses the JSON header. */
    static JsonNode parse(byte[] json) throws IOException {
        return JSON.readTree(json);
    }
}
