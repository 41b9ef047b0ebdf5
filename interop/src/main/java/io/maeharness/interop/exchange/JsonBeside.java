package io.maeharness.interop.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** JSON objects that lie beside a model and say something of it. */
public final class JsonBeside {
    /** The index of a model of a hundred shards has 2 MB. */
    private static final long LONGEST = 16L << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonBeside() {}

    /**
     * The object in a file beside the model, if there is one; beside its folder where that is called {@code onnx}, as
     * exporters lay them out.
     *
     * @throws HarnessException of kind CHECKPOINT when it is there and no JSON object
     */
    public static Optional<JsonNode> read(Path model, String name) {
        return find(model, name).map(JsonBeside::object);
    }

    private static Optional<Path> find(Path model, String name) {
        Path beside = model.toAbsolutePath().normalize().resolveSibling(name);
        if (Files.isRegularFile(beside)) {
            return Optional.of(beside);
        }
        Path folder = beside.getParent();
        return Optional.ofNullable(folder)
                .filter(parent -> parent.endsWith("onnx"))
                .map(parent -> parent.resolveSibling(name))
                .filter(Files::isRegularFile);
    }

    /**
     * The object in a file.
     *
     * @throws HarnessException of kind CHECKPOINT when it is none
     */
    static JsonNode object(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                throw refused(file, "it has more than " + LONGEST + " bytes", null);
            }
            JsonNode read = JSON.readTree(Files.readAllBytes(file));
            if (read == null || !read.isObject()) {
                throw refused(file, "it is no JSON object", null);
            }
            return read;
        } catch (JsonProcessingException e) {
            throw refused(file, "it is not JSON: " + Quoted.cut(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw refused(file, String.valueOf(e.getMessage()), e);
        }
    }

    /** A reason why the file does not do. */
    static HarnessException refused(Path file, String reason, Exception cause) {
        return new HarnessException(
                HarnessException.Kind.CHECKPOINT,
                file + ", which speaks for the model beside it, cannot be read: " + reason
                        + "; repair it or move it away",
                cause);
    }
}
