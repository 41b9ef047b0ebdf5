package io.maeharness.ablations.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.files.TextFile;
import io.maeharness.results.Provenance;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a finished stage leaves in {@code outcome.json}: everything its rows and its provenance record are made from, so
 * that they can be made again at any time.
 *
 * @param outcome what the stage yielded
 * @param provenance how it came about
 */
public record StageRecord(StageOutcome outcome, Provenance provenance) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** Demands both. */
    public StageRecord {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(provenance, "provenance");
    }

    /**
     * The provenance as a results store keeps it: with the whole outcome, so that the record can be made again from it alone.
     */
    public Provenance published() {
        try {
            return provenance.withOutcome(JSON.readTree(JSON.writeValueAsString(outcome)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the outcome of a stage cannot be written as JSON: " + outcome, e);
        }
    }

    /** The record of a stage from the provenance in a results store; empty when that does not hold all of its values. */
    public static Optional<StageRecord> of(Provenance published, Stage stage) {
        return published
                .outcome()
                .flatMap(StageRecord::outcome)
                .map(outcome -> new StageRecord(outcome, published))
                .filter(record -> record.isOf(stage));
    }

    /** Fields of a later version are left out here; the record's provenance has them. */
    private static Optional<StageOutcome> outcome(JsonNode tree) {
        try {
            return Optional.ofNullable(JSON.readerFor(StageOutcome.class)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(tree));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Writes the record atomically: from then on the stage is finished. */
    void write(Path file) {
        try {
            StoreFile.write(file, JSON.writeValueAsString(this) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the outcome of a stage cannot be written as JSON: " + outcome, e);
        }
    }

    /**
     * Reads a record; empty when there is none, or none of this stage with all its values: the stage is then not
     * finished and is run again.
     */
    public static Optional<StageRecord> read(Path file, Stage stage) {
        return read(file).filter(record -> record.isOf(stage));
    }

    /** Reads a record, of whatever stage; empty when there is none or it cannot be understood. */
    static Optional<StageRecord> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    JSON.readValue(TextFile.read(file, TextFile.WRITTEN_BY_PROGRAM), StageRecord.class));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the record is of this stage and has all its values. */
    boolean isOf(Stage stage) {
        return provenance.stage().hash().equals(StageHash.of(stage))
                && missing(stage, outcome).isEmpty();
    }

    /** What a stage owes but its outcome lacks, or holds as a number that is none. */
    static Map<String, Double> missing(Stage stage, StageOutcome outcome) {
        Map<String, Double> missing = new TreeMap<>();
        for (String metric : stage.metrics()) {
            double value = outcome.metrics().getOrDefault(metric, Double.NaN);
            if (!Double.isFinite(value)) {
                missing.put(metric, value);
            }
        }
        return missing;
    }
}
