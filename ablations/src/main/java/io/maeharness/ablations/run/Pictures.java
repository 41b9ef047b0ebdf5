package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Copies what a reconstruction stage drew to {@code pictures/TABLE/CASE/seed-N/}, for each case that asked for it. */
final class Pictures {
    private Pictures() {}

    static void collect(OutputDirectory output, PlannedStage planned) {
        if (!(planned.stage() instanceof Stage.Reconstruct stage)) {
            return;
        }
        try {
            for (Path picture : drawn(output.stage(planned.hash()))) {
                byte[] contents = Files.readAllBytes(picture);
                for (String name : planned.cases()) {
                    Path target = output.pictures().resolve(name).resolve("seed-" + stage.seed());
                    AtomicFile.write(target.resolve(picture.getFileName()), contents);
                }
            }
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK,
                    "the pictures of " + output.stage(planned.hash()) + " cannot be copied: " + e.getMessage(),
                    e);
        }
    }

    private static List<Path> drawn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }
}
