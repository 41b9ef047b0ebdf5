package io.maeharness.core.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the implementations of an interface by looking at the class path, so that adding one edits no list.
 *
 * <p>By convention the name of an implementation ends with a word of the interface's, as {@code DinoStage} does, so that
 * only those classes are loaded, and none of them is initialised.
 */
public final class Discovery {
    private static final String ROOT = "io/maeharness";
    private static final String CLASS = ".class";

    private Discovery() {}

    /**
     * The concrete top-level classes of this product that implement a type, in the order of their full names.
     *
     * @param ending of their simple names
     */
    public static <T> List<Class<? extends T>> implementations(Class<T> type, String ending) {
        Map<String, Class<? extends T>> found = new TreeMap<>();
        try {
            for (URL root : Collections.list(type.getClassLoader().getResources(ROOT))) {
                for (String name : names(root.toURI(), ending)) {
                    Class<?> candidate = Class.forName(name, false, type.getClassLoader());
                    if (type.isAssignableFrom(candidate) && !Modifier.isAbstract(candidate.getModifiers())) {
                        found.put(name, candidate.asSubclass(type));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the classes that implement " + type.getSimpleName(), e);
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException("the class path changed while it was read", e);
        }
        return List.copyOf(found.values());
    }

    private static List<String> names(URI root, String ending) throws IOException {
        if (!root.getScheme().equals("jar")) {
            return below(Path.of(root), ending);
        }
        try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
            return below(jar.getPath("/" + ROOT), ending);
        }
    }

    private static List<String> below(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(ending + CLASS) && !file.contains("$"))
                    .map(file -> ROOT + "/" + file.substring(0, file.length() - CLASS.length()))
                    .map(file -> file.replace('\\', '/').replace('/', '.'))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
