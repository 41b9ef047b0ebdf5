package io.maeharness.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.maeharness.files.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Provenance records of a store: one JSON file for each key. */
public final class ProvenanceStore {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final ObjectWriter WRITER = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private final Path directory;

    /** Records in {@code directory}, which need not exist before the first {@link #write}. */
    public ProvenanceStore(Path directory) {
        this.directory = directory;
    }

    /** Where the records lie; it need not exist. */
    Path directory() {
        return directory;
    }

    /** File of the record with this key, whether or not it exists. */
    public Path file(String key) {
        return directory.resolve(StageKeys.requireSafe("provenance key", key) + ".json");
    }

    /**
     * Writes a record atomically, replacing one of the same key.
     *
     * @throws ResultStoreException when the directory is read-only or the device full
     */
    public void write(Provenance provenance) {
        try {
            StoreFile.write(file(provenance.key()), WRITER.writeValueAsString(provenance) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the configuration of " + provenance.key() + " is not JSON", e);
        }
    }

    /**
     * The record with this key, if there is one.
     *
     * @throws ResultStoreException when the file is damaged or unreadable
     */
    public Optional<Provenance> read(String key) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Provenance read = MAPPER.readValue(TextFile.read(file, TextFile.WRITTEN_BY_PROGRAM), Provenance.class);
            if (read == null) {
                throw new ResultStoreException(
                        ResultStoreException.Kind.CORRUPT,
                        file
                                + " is not a provenance record (it holds nothing); restore the file, or remove it and run its"
                                + " stage again");
            }
            return Optional.of(read);
        } catch (JsonProcessingException e) {
            throw new ResultStoreException(
                    ResultStoreException.Kind.CORRUPT,
                    file + " is not a provenance record ("
                            + JsonProblem.inWords(e)
                            + "); restore the file, or remove it and run its stage again",
                    e);
        } catch (IOException e) {
            throw ResultStoreException.onRead(file, e);
        }
    }
}
