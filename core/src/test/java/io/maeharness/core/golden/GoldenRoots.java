package io.maeharness.core.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The directories that hold golden values: {@code golden/} of the test resources and the one named by
 * the system property {@code mae.golden.dir}, each with {@code mae-*}, {@code image-ops} and {@code
 * recipes.json}, any of which may be missing.
 */
public final class GoldenRoots {

    /** Name of the system property that adds a root. */
    public static final String PROPERTY = "mae.golden.dir";

    private static Path unpacked;

    private GoldenRoots() {}

    /** Returns the roots, the test resources first. */
    public static List<Path> roots() {
        List<Path> roots = new ArrayList<>();
        URL resource = GoldenRoots.class.getResource("/golden");
        if (resource == null) {
            throw new IllegalStateException("the test resources hold no directory golden/");
        }
        try {
            URI address = resource.toURI();
            roots.add(address.getScheme().equals("jar") ? unpacked(address) : Path.of(address));
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

    /** Other modules find the values in a jar; they are read as files, so they are laid out as such, once a process. */
    private static synchronized Path unpacked(URI address) {
        if (unpacked == null) {
            try (FileSystem jar = FileSystems.newFileSystem(address, Map.of());
                    Stream<Path> entries = Files.walk(jar.getPath("/golden"))) {
                Path root = Files.createTempDirectory("golden");
                for (Path entry : entries.toList()) {
                    Path copy = root.resolve(jar.getPath("/").relativize(entry).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(entry, copy);
                    copy.toFile().deleteOnExit();
                }
                unpacked = root.resolve("golden");
            } catch (IOException e) {
                throw new UncheckedIOException("cannot unpack " + address, e);
            }
        }
        return unpacked;
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
