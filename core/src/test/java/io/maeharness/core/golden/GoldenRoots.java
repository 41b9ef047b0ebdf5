package io.maeharness.core.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directories that hold golden values: {@code golden/} of the test resources and the one named by
 * the system property {@code mae.golden.dir}, each with {@code mae-*}, {@code image-ops} and {@code
 * recipes.json}, any of which may be missing.
 */
public final class GoldenRoots {

    /** Name of the system property that adds a root. */
    public static final String PROPERTY = "mae.golden.dir";

    private GoldenRoots() {}

    /** Returns the roots, the test resources first. */
    public static List<Path> roots() {
        List<Path> roots = new ArrayList<>();
        URL resource = GoldenRoots.class.getResource("/golden");
        if (resource == null) {
            throw new IllegalStateException("the test resources hold no directory golden/");
        }
        try {
            roots.add(Path.of(resource.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("unusable address of the golden values: " + resource, e);
        }
        String further = System.getProperty(PROPERTY, "").strip();
        if (!further.isEmpty()) {
            Path root = fromInvocation(Path.of(further));
            if (!Files.isDirectory(root)) {
                throw new IllegalStateException("-D" + PROPERTY + "=" + further + " is not a directory");
            }
            roots.add(root);
        }
        return roots;
    }

    /** Tests run in their module's directory; a relative path is tried there and then in the parent's. */
    private static Path fromInvocation(Path path) {
        if (path.isAbsolute() || Files.isDirectory(path)) {
            return path;
        }
        return Path.of("..").resolve(path);
    }

    /**
     * Returns the directories of all roots whose name starts with a prefix, sorted within each root.
     *
     * @param prefix for example {@code mae-} or {@code image-ops}
     */
    public static List<Path> directories(String prefix) {
        List<Path> found = new ArrayList<>();
        for (Path root : roots()) {
            try (Stream<Path> entries = Files.list(root)) {
                entries.filter(Files::isDirectory)
                        .filter(entry -> entry.getFileName().toString().startsWith(prefix))
                        .sorted()
                        .forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + root, e);
            }
        }
        return found;
    }
}
