package io.maeharness.core.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.error.HarnessException;
import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkpoints of one stage: {@code checkpoint-STEP.safetensors} in its directory, the newest two kept. */
public final class Checkpoints {
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d+)\\.safetensors");
    private static final int KEPT = 2;
    private final Path directory;

    /** Looks after the checkpoints of a directory, which need not exist yet. */
    public Checkpoints(Path directory) {
        this.directory = directory;
    }

    /**
     * A position to go on from.
     *
     * @param step steps done
     * @param lossSum sum of the losses of the current epoch's steps
     * @param lossCount how many losses {@code lossSum} holds
     */
    public record Position(long step, double lossSum, long lossCount) {
        /** The start of a stage. */
        public static final Position START = new Position(0, 0, 0);
    }

    /**
     * A checkpoint in memory.
     *
     * @param position where it was written
     * @param arrays weights and optimiser state by name
     */
    public record Saved(Position position, Map<String, NDArray> arrays) {}

    /** Writes a checkpoint, then deletes all but the newest two. */
    public void write(Position position, Map<String, NDArray> arrays) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("step", Long.toString(position.step()));
        metadata.put("loss_sum", Double.toString(position.lossSum()));
        metadata.put("loss_count", Long.toString(position.lossCount()));
        Safetensors.write(directory.resolve("checkpoint-" + position.step() + ".safetensors"), arrays, metadata);
        files().stream().skip(KEPT).forEach(Checkpoints::delete);
    }

    /**
     * Reads the newest checkpoint.
     *
     * @throws HarnessException of kind CHECKPOINT when it is damaged
     */
    public Optional<Saved> newest(NDManager manager) {
        return files().stream().findFirst().map(file -> read(manager, file));
    }

    /** Step of the newest checkpoint; 0 when there is none. */
    public long newestStep() {
        return files().stream().findFirst().map(Checkpoints::step).orElse(0L);
    }

    private static Saved read(NDManager manager, Path file) {
        Safetensors.Content content = Safetensors.read(manager, file);
        try {
            Map<String, String> metadata = content.metadata();
            return new Saved(
                    new Position(
                            Long.parseLong(metadata.get("step")),
                            Double.parseDouble(metadata.get("loss_sum")),
                            Long.parseLong(metadata.get("loss_count"))),
                    content.arrays());
        } catch (NumberFormatException | NullPointerException e) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT,
                    "checkpoint " + file + " does not say at which step it was written; delete it",
                    e);
        }
    }

    /** Deletes all checkpoints, once the stage is finished. */
    public void clear() {
        files().forEach(Checkpoints::delete);
    }

    /** Newest first. */
    private List<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(f -> NAME.matcher(f.getFileName().toString()).matches())
                    .sorted(Comparator.comparingLong(Checkpoints::step).reversed())
                    .toList();
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK, "cannot list " + directory + " (" + FileProblem.inWords(e) + ")", e);
        }
    }

    private static long step(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK, "cannot delete " + file + " (" + FileProblem.inWords(e) + ")", e);
        }
    }
}
