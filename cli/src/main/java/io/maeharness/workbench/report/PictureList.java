package io.maeharness.workbench.report;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.run.StagePictures;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.StageRecord;
import io.maeharness.core.stage.Stage;
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
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Lists what stages drew for the report, each picture with a caption that says how it came about. */
public final class PictureList {
    private final OutputDirectory output;

    public PictureList(OutputDirectory output) {
        this.output = output;
    }

    /** Adds the pictures of a plan to the list, in place of earlier ones of the same cases. */
    public void add(Plan plan) {
        Map<String, Pictures.Picture> entries = new LinkedHashMap<>();
        Pictures.read(output.pictures()).forEach(entry -> entries.put(entry.file(), entry));
        for (PlannedStage planned : plan.stages()) {
            entries(planned).forEach(entry -> entries.put(entry.file(), entry));
        }
        if (!entries.isEmpty()) {
            Pictures.write(output.pictures(), List.copyOf(entries.values()));
        }
    }

    private List<Pictures.Picture> entries(PlannedStage planned) {
        Stage stage = planned.stage();
        Optional<StageRecord> record = StageRecord.read(output.outcome(planned.hash()), stage);
        if (record.isEmpty()) {
            return List.of();
        }
        Map<String, Double> values = record.get().outcome().metrics();
        return StagePictures.names(planned).stream()
                .flatMap(
                        name -> entries(
                                name,
                                stage.seed(),
                                picture -> stage.caption(picture.getFileName().toString(), values))
                                .stream())
                .toList();
    }

    private List<Pictures.Picture> entries(String name, long seed, Function<Path, String> caption) {
        String folder = "seed-" + seed;
        List<Pictures.Picture> found = new ArrayList<>();
        for (Path picture : drawn(output.pictures().resolve(name).resolve(folder))) {
            String flat = (name + "/" + folder + "/" + picture.getFileName()).replaceAll("[^A-Za-z0-9.]+", "-");
            try {
                Files.copy(picture, output.pictures().resolve(flat), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            found.add(new Pictures.Picture(name + ", seed " + seed, flat, caption.apply(picture)));
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
}
