package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The layout of ImageNet: {@code train/CLASS/*} and {@code val/CLASS/*} with JPEG and PNG files. */
final class ImageFolder {

    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png");
    private static final String LAYOUT =
            "expected train/CLASS/*.jpg and val/CLASS/*.jpg; name the directory above train with --data-dir";

    private ImageFolder() {}

    /** Lists both parts; no picture is decoded yet. */
    static DataSource.TrainAndTest read(DataRequest request) {
        Path root = request.directory()
                .orElseThrow(() -> HarnessException.data(
                        "an image folder has no default place; name the directory above train with --data-dir"));
        requireDirectory(root);
        requireDirectory(root.resolve("train"));
        requireDirectory(root.resolve("val"));
        List<String> classes = classes(root.resolve("train"));
        List<String> others = classes(root.resolve("val"));
        if (!classes.equals(others)) {
            throw HarnessException.data("the classes of " + root.resolve("train") + " (" + classes.size() + ") and "
                    + root.resolve("val") + " (" + others.size() + ") differ; both need the same directories");
        }
        return new DataSource.TrainAndTest(
                part("imagefolder/train", root.resolve("train"), classes),
                part("imagefolder/val", root.resolve("val"), classes));
    }

    private static void requireDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw HarnessException.data("there is no directory " + directory + "; " + LAYOUT);
        }
    }

    private static List<String> classes(Path part) {
        List<String> names = list(part, Files::isDirectory).stream()
                .map(path -> path.getFileName().toString())
                .toList();
        if (names.isEmpty()) {
            throw HarnessException.data(part + " holds no class directories; " + LAYOUT);
        }
        return names;
    }

    private static FolderDataset part(String name, Path root, List<String> classes) {
        List<String> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path folder = root.resolve(classes.get(label));
            List<Path> pictures = list(folder, ImageFolder::isPicture);
            if (pictures.isEmpty()) {
                throw HarnessException.data(folder + " holds no .jpg, .jpeg or .png file; " + LAYOUT);
            }
            for (Path picture : pictures) {
                files.add(classes.get(label) + "/" + picture.getFileName());
                labels.add(label);
            }
        }
        return new FolderDataset(
                name, root, classes, files, labels.stream().mapToInt(i -> i).toArray());
    }

    private static boolean isPicture(Path path) {
        String lower = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return !lower.startsWith(".") && ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /** Returns the wanted entries sorted by name, which is the same order on every system. */
    private static List<Path> list(Path directory, Predicate<Path> wanted) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(wanted)
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw HarnessException.data(
                    directory + " cannot be listed (" + DataFile.reason(e) + "); see to its permissions", e);
        }
    }
}
