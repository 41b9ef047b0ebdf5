package io.maeharness.ablations.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The finished stages of an output directory.
 *
 * @param all by hash
 */
public record FinishedStages(List<Finished> all) {
    /** Copies the list. */
    public FinishedStages {
        all = List.copyOf(all);
    }

    /**
     * A finished stage.
     *
     * @param hash identity of the stage
     * @param stage what was computed
     * @param record what it yielded
     */
    public record Finished(String hash, Stage stage, StageRecord record) {
        /** A value that the stage measured, if it has one of this name. */
        public Optional<Double> metric(String name) {
            return Optional.ofNullable(record.outcome().metrics().get(name));
        }
    }

    /** Reads the outcomes under a directory; none where there is no such directory. */
    public static FinishedStages in(OutputDirectory output) {
        if (!Files.isDirectory(output.stages())) {
            return new FinishedStages(List.of());
        }
        try (Stream<Path> directories = Files.list(output.stages())) {
            return new FinishedStages(directories
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .flatMap(hash -> read(output, hash).stream())
                    .toList());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A stage by its hash, if it is finished. */
    public static Optional<Finished> read(OutputDirectory output, String hash) {
        return StageRecord.read(output.outcome(hash)).flatMap(record -> stage(record)
                .filter(stage ->
                        record.isOf(stage) && record.provenance().stage().hash().equals(hash))
                .map(stage -> new Finished(hash, stage, record)));
    }

    /** The stage that a record's configuration describes; empty for one of another version of the harness. */
    private static Optional<Stage> stage(StageRecord record) {
        if (!(record.provenance().stage().configuration() instanceof ObjectNode configuration)) {
            return Optional.empty();
        }
        configuration.remove(StageProvenance.FACTS);
        try {
            return Optional.of(StageHash.fromJson(configuration.toString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The stages whose hash begins so. */
    public List<Finished> beginningWith(String prefix) {
        return all.stream()
                .filter(finished -> finished.hash().startsWith(prefix))
                .toList();
    }
}
