package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.Stage;
import io.maeharness.files.FileProblem;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies what a stage drew to {@code pictures/NAME/seed-N/}: a reconstruction stage for each case TABLE/CASE that asked for
 * it, with {@code -imported} behind it when an imported model drew; a tokenizer as {@code tokenizer}, as all its cases share
 * it.
 */
public final class StagePictures {
    private static final String TOKENIZER = "tokenizer";

    private StagePictures() {}

    static void collect(OutputDirectory output, PlannedStage planned) {
        List<String> names = names(planned);
        if (names.isEmpty()) {
            return;
        }
        try {
            for (Path picture : drawn(output.stage(planned.hash()))) {
                byte[] contents = Files.readAllBytes(picture);
                for (String name : names) {
                    Path target = output.pictures()
                            .resolve(name)
                            .resolve("seed-" + planned.stage().seed());
                    StoreFile.write(target.resolve(picture.getFileName()), contents);
                }
            }
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK,
                    "the pictures of " + output.stage(planned.hash()) + " cannot be copied: " + FileProblem.inWords(e),
                    e);
        }
    }

    /** What the pictures of a stage are called, one name for each case; none for a stage that draws nothing. */
    public static List<String> names(PlannedStage planned) {
        return switch (planned.stage().drawings()) {
            case NONE -> List.of();
            case BY_KIND -> List.of(TOKENIZER);
            case BY_CASE ->
                planned.cases().stream().map(name -> name + ending(planned)).toList();
        };
    }

    private static String ending(PlannedStage planned) {
        return planned.stage()
                .parent()
                .filter(encoder -> encoder.origin() == Stage.Origin.IMPORTED)
                .map(encoder -> "-imported")
                .orElse("");
    }

    private static List<Path> drawn(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of(); // Somebody made room after the stage was finished.
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }
}
