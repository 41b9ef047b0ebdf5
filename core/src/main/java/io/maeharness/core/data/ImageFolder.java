package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.Quoted;
import io.maeharness.core.image.PixelStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The layout of ImageNet: {@code train/CLASS/*} and {@code val/CLASS/*} with images at any depth below their class. */
final class ImageFolder {
    static final String TRAIN = "train";
    static final String VAL = "val";

    private ImageFolder() {}

    /** Lists both parts; images are decoded as far as the request says. */
    static DataSource.TrainAndTest read(DataRequest request) {
        Path root = root(request);
        FolderLayout.requireParts(root);
        List<String> classes = classes(root.resolve(TRAIN));
        List<String> others = classes(root.resolve(VAL));
        if (!classes.equals(others)) {
            throw HarnessException.data(FolderLayout.differing(root, classes, others));
        }
        Part train = part(TRAIN, root.resolve(TRAIN), classes);
        Part val = part(VAL, root.resolve(VAL), classes);
        ImageCheck.Checked checked = ImageCheck.of(request, List.of(train.images(), val.images()));
        return new DataSource.TrainAndTest(
                checked.images().get(0),
                checked.images().get(1),
                train.left().and(val.left()).and(checked.left()).and(FolderLayout.ofNumbers(classes)));
    }

    /** Lists the part that accuracies are measured on, alone: {@code val/CLASS/*}, or the classes of the directory itself. */
    static DataSource.TestImages test(DataRequest request) {
        Path root = root(request);
        Path whole = Files.isDirectory(root.resolve(TRAIN)) || Files.isDirectory(root.resolve(VAL))
                ? root.resolve(VAL)
                : root;
        if (!Files.isDirectory(whole)) {
            FolderLayout.requireParts(root);
        }
        List<String> classes = classes(whole);
        Part val = part(VAL, whole, classes);
        ImageCheck.Checked checked = ImageCheck.of(request, List.of(val.images()));
        return new DataSource.TestImages(
                checked.images().get(0),
                PixelStatistics.IMAGENET,
                val.left().and(checked.left()).and(FolderLayout.ofNumbers(classes)));
    }

    private static Path root(DataRequest request) {
        Path root = request.directory()
                .orElseThrow(() -> HarnessException.data(
                        "an image folder has no default place; name the directory above train with --data-dir"));
        FolderLayout.requireDirectory(root);
        return root;
    }

    private static List<String> classes(Path part) {
        List<String> names = list(part, Files::isDirectory).stream()
                .map(path -> path.getFileName().toString())
                .toList();
        if (names.isEmpty()) {
            throw HarnessException.data(FolderLayout.withoutClasses(part));
        }
        return names;
    }

    private static Part part(String name, Path root, List<String> classes) {
        List<String> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        Map<String, Map<String, Integer>> others = new TreeMap<>();
        List<String> deeper = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            String of = classes.get(label);
            ClassListing listing = ClassListing.of(root.resolve(of));
            if (listing.pictures().isEmpty()) {
                throw HarnessException.data(FolderLayout.emptyClass(root.resolve(of), listing));
            }
            for (String picture : listing.pictures()) {
                files.add(of + "/" + picture);
                labels.add(label);
            }
            listing.others().forEach((ending, count) -> others.computeIfAbsent(ending, e -> new LinkedHashMap<>())
                    .put(of, count));
            long below =
                    listing.pictures().stream().filter(p -> p.contains("/")).count();
            if (below > 0) {
                deeper.add(of + " (" + below + ")");
            }
        }
        FolderDataset images = new FolderDataset(
                "imagefolder/" + name,
                root,
                classes,
                files,
                labels.stream().mapToInt(i -> i).toArray());
        return new Part(images, left(name, root, others, deeper));
    }

    /** What is not read, by ending and class, and images that lie where one may not look for them. */
    private static LeftOut left(String name, Path root, Map<String, Map<String, Integer>> others, List<String> deeper) {
        List<String> words = new ArrayList<>();
        others.forEach((ending, counts) ->
                words.add(counts.values().stream().mapToInt(i -> i).sum() + " " + ending
                        + " in "
                        + SomeNames.of(counts.entrySet().stream()
                                .map(count -> count.getKey() + " (" + count.getValue() + ")")
                                .toList())));
        List<Path> beside = list(
                root,
                path -> Files.isRegularFile(path)
                        && ClassListing.isPicture(path.getFileName().toString()));
        if (!beside.isEmpty()) {
            words.add(beside.size() + (beside.size() == 1 ? " image" : " images") + " in no class directory, such as "
                    + Quoted.cut(beside.get(0).getFileName().toString()));
        }
        List<String> files = words.isEmpty() ? List.of() : List.of(name + ": not read: " + String.join("; ", words));
        List<String> remarks = deeper.isEmpty()
                ? List.of()
                : List.of(name + ": read too, from directories below the class: images of " + SomeNames.of(deeper));
        return new LeftOut(files, List.of(), remarks);
    }

    /** Returns the wanted entries sorted by name, which is the same order on every system. */
    static List<Path> list(Path directory, Predicate<Path> wanted) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(wanted)
                    .filter(path -> !ClassListing.isHidden(path))
                    .sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw ClassListing.unlisted(directory, e);
        }
    }

    /**
     * A part of the data set.
     *
     * @param images all of them
     * @param left what lies beside them
     */
    private record Part(FolderDataset images, LeftOut left) {}
}
