package io.maeharness.cli;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.stage.Stage;
import io.maeharness.reporting.PictureEntry;
import io.maeharness.reporting.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists what reconstruction stages drew for the report, each picture with a caption that says how it came about. */
final class PictureList {
    private final Path directory;

    PictureList(Path directory) {
        this.directory = directory;
    }

    /** Adds the pictures of a plan to the list, in place of earlier ones of the same cases. */
    void add(Plan plan) {
        Map<String, PictureEntry> entries = new LinkedHashMap<>();
        Pictures.read(directory).forEach(entry -> entries.put(entry.file(), entry));
        for (PlannedStage planned : plan.stages()) {
            if (planned.stage() instanceof Stage.Reconstruct stage) {
                planned.cases()
                        .forEach(name -> entries(name, stage).forEach(entry -> entries.put(entry.file(), entry)));
            }
        }
        if (!entries.isEmpty()) {
            Pictures.write(directory, List.copyOf(entries.values()));
        }
    }

    private List<PictureEntry> entries(String name, Stage.Reconstruct stage) {
        String seed = "seed-" + stage.seed();
        List<PictureEntry> found = new ArrayList<>();
        for (Path picture : drawn(directory.resolve(name).resolve(seed))) {
            String flat = (name + "/" + seed + "/" + picture.getFileName()).replaceAll("[^A-Za-z0-9.]+", "-");
            try {
                Files.copy(picture, directory.resolve(flat), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            found.add(new PictureEntry(name + ", seed " + stage.seed(), flat, caption(stage)));
        }
        return found;
    }

    private static List<Path> drawn(Path from) {
        if (!Files.isDirectory(from)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(from)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String caption(Stage.Reconstruct stage) {
        PretrainRecipe recipe = stage.encoder().decoding().orElseThrow();
        String statistics = recipe.target().equals("pixel-norm")
                ? " The target was normalised per patch, so the reconstruction is drawn with the true mean and deviation"
                        + " of each patch."
                : "";
        return "Validation images: original, masked (" + Math.round(100 * recipe.maskRatio()) + " % removed, "
                + recipe.maskSampling() + " sampling), reconstruction from the visible patches." + statistics;
    }
}
