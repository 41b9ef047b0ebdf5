package io.maeharness.core.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.Quoted;
import io.maeharness.files.AtomicFile;
import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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
     * One tensor to be written.
     *
     * @param name its name in the file
     * @param shape sizes, outermost first
     * @param values fp32 in little-endian order, asked for when its turn comes, so that a large file needs little memory
     */
    public record Outgoing(String name, List<Long> shape, Supplier<ByteBuffer> values) {
        /** Copies the shape. */
        public Outgoing {
            shape = List.copyOf(shape);
        }

        private long bytes() {
            return shape.stream().reduce((long) Float.BYTES, Math::multiplyExact);
        }

        private static Outgoing of(String name, NDArray array) {
            if (array.getDataType() != DataType.FLOAT32) {
                throw new IllegalArgumentException(
                        "tensor '" + name + "' is " + array.getDataType() + "; only float32 is written");
            }
            List<Long> shape =
                    Arrays.stream(array.getShape().getShape()).boxed().toList();
            return new Outgoing(name, shape, () -> HostCopy.bytes(array).order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    /**
     * Writes arrays so that a reader sees the old file or the new one, never a part, also after a power loss.
     *
     * @param arrays float32, in the order of the file
     * @param metadata free text by key
     * @throws HarnessException of kind DISK when the file cannot be written; the old file is then untouched
     */
    public static void write(Path file, Map<String, NDArray> arrays, Map<String, String> metadata) {
        List<Outgoing> tensors = new ArrayList<>();
        arrays.forEach((name, array) -> tensors.add(Outgoing.of(name, array)));
        write(file, tensors, metadata);
    }

    /**
     * Writes tensors one after another, so that a reader sees the old file or the new one, never a part.
     *
     * @param tensors in the order of the file
     * @param metadata free text by key
     * @throws HarnessException of kind DISK when the file cannot be written; the old file is then untouched
     */
    public static void write(Path file, List<Outgoing> tensors, Map<String, String> metadata) {
        try {
            AtomicFile.stream(file, channel -> {
                AtomicFile.writeFully(channel, header(tensors, metadata));
                for (Outgoing tensor : tensors) {
                    AtomicFile.writeFully(channel, checked(tensor));
                }
            });
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK,
                    "cannot write " + file + " (" + FileProblem.inWords(e)
                            + "); free some space and start again: what is finished is kept",
                    e);
        }
    }

    private static ByteBuffer checked(Outgoing tensor) {
        ByteBuffer values = tensor.values().get();
        if (values.remaining() != tensor.bytes()) {
            throw new IllegalArgumentException("tensor '" + tensor.name() + "' of shape " + tensor.shape() + " has "
                    + values.remaining() + " bytes, expected " + tensor.bytes());
        }
        return values;
    }

    private static ByteBuffer header(List<Outgoing> tensors, Map<String, String> metadata) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            metadata.forEach(root.putObject(METADATA)::put);
        }
        long offset = 0;
        for (Outgoing tensor : tensors) {
            long end = offset + tensor.bytes();
            ObjectNode entry = root.putObject(tensor.name());
            entry.put("dtype", ElementType.F32.name());
            ArrayNode sizes = entry.putArray("shape");
            tensor.shape().forEach(size -> sizes.add(size.longValue()));
            entry.putArray("data_offsets").add(offset).add(end);
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
                if (entry.type() != ElementType.F32) {
                    throw new IOException("tensor " + Quoted.of(entry.name()) + " has type " + entry.type()
                            + ", only F32 is read; ./mae import converts");
                }
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
}
