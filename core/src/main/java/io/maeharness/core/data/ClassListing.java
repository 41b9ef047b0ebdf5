package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of one class: everything below its directory, at any depth. Hidden files and directories are nobody's images,
 * nor are the thumbnails that some systems leave.
 *
 * @param pictures paths of the images relative to the directory, with slashes, sorted as texts, which is the same order on
 *     every system
 * @param others how many other files there are, by the ending of their names
 */
record ClassListing(List<String> pictures, Map<String, Integer> others) {
    /** What the decoder reads. */
    static final List<String> ENDINGS = List.of(
            ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".tif", ".tiff", ".ppm", ".pgm", ".pbm", ".jp2");

    private static final Set<String> OF_SYSTEMS = Set.of("thumbs.db", "desktop.ini", "@eadir", "__macosx");

    /**
     * Lists a directory.
     *
     * @throws HarnessException of kind DATA when something below it cannot be listed
     */
    static ClassListing of(Path directory) {
        Listed listed = new Listed(directory);
        try {
            Files.walkFileTree(directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, listed);
        } catch (IOException e) {
            throw unlisted(directory, e);
        }
        Collections.sort(listed.pictures);
        return new ClassListing(listed.pictures, listed.others);
    }

    static HarnessException unlisted(Path directory, IOException cause) {
        return HarnessException.data(
                directory + " cannot be listed (" + DataFile.reason(cause) + "); see to its permissions", cause);
    }

    /** Whether a name is one of a system's and not of the user's data. */
    static boolean isHidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || OF_SYSTEMS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a name ends as an image's does. */
    static boolean isPicture(String name) {
        return ENDINGS.contains(ending(name));
    }

    /** The ending of a name in lower case, with its dot. */
    static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    private static final class Listed extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<String> pictures = new ArrayList<>();
        private final Map<String, Integer> others = new TreeMap<>();

        Listed(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(root) && isHidden(directory)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (isPicture(name) && !isHidden(file)) {
                pictures.add(root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/"));
            } else if (!isHidden(file)) {
                String ending = ending(name);
                others.merge(ending.isEmpty() ? "without an ending" : ending, 1, Integer::sum);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof FileSystemLoopException) {
                others.merge("links to a directory above", 1, Integer::sum);
                return FileVisitResult.CONTINUE;
            }
            throw unlisted(file, problem);
        }
    }
}
