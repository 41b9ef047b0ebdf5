package io.maeharness.ablations.worker;

import io.maeharness.core.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a finished stage's weights are still there, for those that start from it: somebody may have made room. */
public final class KeptWeights {
    private static final Pattern HEAVY =
            Pattern.compile("weights(-\\d+)?\\.safetensors|checkpoint-\\d+\\.safetensors|encoder\\.onnx(\\.data)?");

    private KeptWeights() {}

    /** Whether what a stage starts from is there. */
    public static boolean serve(OutputDirectory output, Stage child) {
        return child.startsFrom(output.stages()).stream().allMatch(Files::isRegularFile);
    }

    /**
     * Weights, snapshots and optimiser checkpoints in the directory of a stage, in the order in which they may be removed:
     * whatever is left when that is broken off, a stage that is computed again leaves all of them. So checkpoints come
     * first, and a file before the one that it names.
     */
    public static List<Path> files(OutputDirectory output, String hash) {
        if (!Files.isDirectory(output.stage(hash))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(output.stage(hash))) {
            return files.filter(
                            file -> HEAVY.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing((Path file) -> !isCheckpoint(file))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a file is an optimiser's checkpoint, which a finished stage has no use for. */
    public static boolean isCheckpoint(Path file) {
        return file.getFileName().toString().startsWith("checkpoint-");
    }
}
