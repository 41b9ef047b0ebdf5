package io.maeharness.workbench.budget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The block that a budget is being spent on, noted in the output directory so that an interrupted one is finished first.
 *
 * @param family whose rows are measured
 * @param seeds that it is to have
 */
record BegunBlock(String family, int seeds) {
    private static final String FILE = "budget.json";
    private static final String FAMILY = "family";
    private static final String SEEDS = "seeds";

    /** A plan of more takes minutes to make; no block is that large. */
    private static final int MOST_SEEDS = 10_000;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The block that was begun and not finished; empty where there is none, or the note cannot be read. */
    static Optional<BegunBlock> in(OutputDirectory output) {
        Path file = file(output);
        try {
            JsonNode note = Files.isRegularFile(file) ? MAPPER.readTree(file.toFile()) : MAPPER.missingNode();
            int seeds = note.path(SEEDS).asInt();
            return note.path(FAMILY).isTextual() && seeds > 0 && seeds <= MOST_SEEDS
                    ? Optional.of(new BegunBlock(
                            note.path(FAMILY).asText(), note.path(SEEDS).asInt()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // The block is then chosen again like any other.
        }
    }

    /** Notes that it is begun. */
    void write(OutputDirectory output) {
        try {
            Files.write(file(output), MAPPER.writeValueAsBytes(Map.of(FAMILY, family, SEEDS, seeds)));
        } catch (IOException e) {
            throw new HarnessException(
                    Kind.STORE_READ_ONLY, "cannot write " + file(output) + ": " + FileProblem.inWords(e), e);
        }
    }

    /** Notes that none is begun. */
    static void clear(OutputDirectory output) {
        try {
            Files.deleteIfExists(file(output));
        } catch (IOException e) {
            throw new HarnessException(
                    Kind.STORE_READ_ONLY, "cannot delete " + file(output) + ": " + FileProblem.inWords(e), e);
        }
    }

    private static Path file(OutputDirectory output) {
        return output.root().resolve(FILE);
    }
}
