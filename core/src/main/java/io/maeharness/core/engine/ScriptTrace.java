package io.maeharness.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.files.AtomicFile;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Writes down which scripts a run calls, and with what: {@code .ci/devices} replays that with PyTorch's own "meta" device in
 * place of a card, and so finds on a machine without one what would stop on one.
 *
 * <p>On when {@code MAE_TRACE_SCRIPTS} names a directory. A call is told by its script, its method and the names, types, shapes
 * and places of its arguments; the values of those that stay on the processor go with it. Each is written once.
 */
final class ScriptTrace {
    private static final String DIRECTORY = "MAE_TRACE_SCRIPTS";
    private static final Optional<ScriptTrace> OF_ENVIRONMENT =
            Optional.ofNullable(System.getenv(DIRECTORY)).map(Path::of).map(ScriptTrace::new);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Set<String> calls = new HashSet<>();

    ScriptTrace(Path directory) {
        this.directory = directory;
    }

    /** The trace that the environment asks for; empty without one. */
    static Optional<ScriptTrace> ofEnvironment() {
        return OF_ENVIRONMENT;
    }

    /** Keeps a script; returns its name in calls. */
    String script(byte[] archive) {
        String name = Sha256.of(archive);
        written(() -> AtomicFile.write(directory.resolve(name + ".pt"), archive));
        return name;
    }

    /**
     * Keeps a call, unless there was one like it.
     *
     * @param script as {@link #script} named it
     * @param arguments each with its name, as the engine groups lists and maps by it
     */
    synchronized void call(String script, String method, NDList arguments) {
        ObjectNode call = JSON.createObjectNode().put("script", script).put("method", method);
        ArrayNode list = call.putArray("arguments");
        arguments.forEach(array -> describe(array, list.addObject()));
        if (calls.add(call.toString())) {
            ArrayNode values = call.putArray("values");
            arguments.stream().filter(HostNumbers::isOne).forEach(array -> values(array, values.addArray()));
            Path file = directory.resolve("calls-" + ProcessHandle.current().pid() + ".jsonl");
            written(() -> Files.writeString(file, call + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        }
    }

    private static void describe(NDArray array, ObjectNode into) {
        into.put("name", array.getName())
                .put("type", type(array.getDataType()))
                .put("host", HostNumbers.isOne(array))
                .set("shape", JSON.valueToTree(array.getShape().getShape()));
    }

    /** The engine's binding has no name for bf16, the only type of a script that it does not know. */
    private static String type(DataType type) {
        return type == DataType.UNKNOWN ? DataType.BFLOAT16.name() : type.name();
    }

    private static void values(NDArray array, ArrayNode into) {
        ByteBuffer bytes = HostCopy.bytes(array);
        boolean whole = array.getDataType() == DataType.INT64;
        for (long i = 0; i < array.size(); i++) {
            if (whole) {
                into.add(bytes.getLong());
            } else {
                into.add(bytes.getDouble());
            }
        }
    }

    /** Something that writes. */
    private interface Writing {
        void run() throws IOException;
    }

    private void written(Writing writing) {
        try {
            Files.createDirectories(directory);
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the trace of " + DIRECTORY + " cannot be written to " + directory, e);
        }
    }
}
