package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.Quoted;
import io.maeharness.files.FileProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with the directories of an image folder, and how to make them right. */
final class FolderLayout {
    private static final String LAYOUT =
            "expected train/CLASS/*.jpg and val/CLASS/*.jpg; name the directory above train with --data-dir";

    private static final List<String> OTHER_NAMES_OF_VAL = List.of("valid", "validation", "test", "Val", "eval");
    private static final String FLAT_IMAGENET = "ILSVRC2012_val_";
    private static final String KAGGLE = "ILSVRC/Data/CLS-LOC";

    private FolderLayout() {}

    /** Demands a directory. */
    static void requireDirectory(Path directory) {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (Files.exists(directory)) {
            throw HarnessException.data(directory + " is "
                    + FileContent.of(directory).orElse("a file") + ", expected a directory; unpack it and " + LAYOUT);
        }
        Optional<String> denied = FileProblem.denied(directory);
        throw HarnessException.data(
                denied.isPresent()
                        ? directory + " cannot be listed (" + denied.get() + "); see to its permissions"
                        : "there is no directory " + directory + "; " + LAYOUT);
    }

    /** Demands both parts, with a hint at what there is instead. */
    static void requireParts(Path root) {
        for (String part : List.of(ImageFolder.TRAIN, ImageFolder.VAL)) {
            if (!Files.isDirectory(root.resolve(part))) {
                throw HarnessException.data("there is no directory " + root.resolve(part) + "; "
                        + hint(root, part).orElse(LAYOUT));
            }
        }
    }

    private static Optional<String> hint(Path root, String part) {
        for (Path below : List.of(root.resolve(KAGGLE), root.resolve("Data/CLS-LOC"))) {
            if (Files.isDirectory(below)) {
                return Optional.of("the images are in " + below + ": name it with --data-dir");
            }
        }
        if (Files.isRegularFile(root.resolve("ILSVRC2012_img_" + part + ".tar"))) {
            return Optional.of("ILSVRC2012_img_" + part + ".tar is not unpacked: mkdir " + part
                    + " && tar -xf ILSVRC2012_img_" + part + ".tar -C " + part
                    + (part.equals(ImageFolder.TRAIN)
                            ? ", then each tar inside into a directory of its name"
                            : ", then sort its images into a directory for each class"));
        }
        List<String> directories = ImageFolder.list(root, Files::isDirectory).stream()
                .map(path -> path.getFileName().toString())
                .toList();
        if (part.equals(ImageFolder.VAL)) {
            return OTHER_NAMES_OF_VAL.stream()
                    .filter(directories::contains)
                    .findFirst()
                    .map(name -> "if " + name
                            + " holds the images that accuracies are measured on, rename it or link to it: ln -s "
                            + name + " "
                            + root.resolve(ImageFolder.VAL));
        }
        boolean classes = directories.stream().anyMatch(name -> !ImageFolder.list(
                        root.resolve(name),
                        path -> ClassListing.isPicture(path.getFileName().toString()))
                .isEmpty());
        Path above = root.toAbsolutePath().normalize().getParent();
        if (classes && above != null && Files.isDirectory(above.resolve(ImageFolder.TRAIN))) {
            return Optional.of("name the directory above it, --data-dir " + above);
        }
        return classes
                ? Optional.of("the classes lie in " + root + " itself: move some images of each to train/CLASS, the"
                        + " others to val/CLASS")
                : directories.size() == 1
                                && Files.isDirectory(
                                        root.resolve(directories.get(0)).resolve(part))
                        ? Optional.of(
                                "there is one in " + root.resolve(directories.get(0)) + ": name it with --data-dir")
                        : Optional.empty();
    }

    /** Says it of classes whose names are numbers that their order as texts puts in other places. */
    static LeftOut ofNumbers(List<String> classes) {
        if (!classes.stream().allMatch(name -> name.matches("\\d{1,9}"))) {
            return LeftOut.NOTHING;
        }
        List<String> ordered = classes.stream()
                .sorted(Comparator.comparingInt(Integer::parseInt))
                .toList();
        return ordered.equals(classes)
                ? LeftOut.NOTHING
                : new LeftOut(
                        List.of(),
                        List.of(),
                        List.of("the classes are numbers, in the order of their texts, as torchvision has them: "
                                + SomeNames.of(classes) + "; a model that counts them otherwise is measured wrongly"));
    }

    /** What a part without class directories is, and how to sort it. */
    static String withoutClasses(Path part) {
        List<String> files = ImageFolder.list(part, Files::isRegularFile).stream()
                .map(path -> path.getFileName().toString())
                .toList();
        List<String> images = files.stream().filter(ClassListing::isPicture).toList();
        long archives = files.stream().filter(name -> name.endsWith(".tar")).count();
        String begin = part + " holds no class directories";
        if (archives > 0) {
            return begin + " but " + archives + (archives == 1 ? " tar archive, such as " : " tar archives, such as ")
                    + first(files, ".tar")
                    + ": ImageNet comes as one a class; in " + part
                    + " run: for f in *.tar; do mkdir \"${f%.tar}\" && tar -xf \"$f\" -C \"${f%.tar}\"; done";
        }
        if (images.stream().anyMatch(name -> name.startsWith(FLAT_IMAGENET))) {
            return begin + " but " + images.size() + " images, such as " + images.get(0)
                    + ": ImageNet's validation images come flat; move each to the directory of its class (wnid), as the"
                    + " script valprep.sh of soumith/imagenetloader.torch does";
        }
        if (!images.isEmpty()) {
            return begin + " but " + images.size() + " images, such as " + Quoted.cut(images.get(0))
                    + ": move each to the directory of its class, " + part.resolve("CLASS");
        }
        return begin + "; " + LAYOUT;
    }

    private static String first(List<String> names, String ending) {
        return Quoted.cut(
                names.stream().filter(name -> name.endsWith(ending)).findFirst().orElse(""));
    }

    /** Which classes only one of the parts has. */
    static String differing(Path root, List<String> train, List<String> val) {
        List<String> lines = new ArrayList<>();
        only(train, val).ifPresent(names -> lines.add("only in train: " + names));
        only(val, train).ifPresent(names -> lines.add("only in val: " + names));
        return "the classes of " + root.resolve(ImageFolder.TRAIN) + " (" + train.size() + ") and "
                + root.resolve(ImageFolder.VAL) + " (" + val.size() + ") differ: " + String.join("; ", lines)
                + "; both need the same directories";
    }

    private static Optional<String> only(List<String> these, List<String> those) {
        List<String> alone = new ArrayList<>(these);
        alone.removeAll(Set.copyOf(those));
        return alone.isEmpty() ? Optional.empty() : Optional.of(SomeNames.of(alone));
    }

    /** A class without images, and what there is instead. */
    static String emptyClass(Path directory, ClassListing listing) {
        Map<String, Integer> others = listing.others();
        String instead = others.isEmpty()
                ? ""
                : " but "
                        + others.entrySet().stream()
                                .map(count -> count.getValue() + " " + count.getKey())
                                .limit(5)
                                .collect(Collectors.joining(", "));
        return directory + " holds no " + String.join(", ", ClassListing.ENDINGS) + " file" + instead
                + "; add images to the class or delete the directory from both parts";
    }
}
