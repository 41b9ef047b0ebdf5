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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
        Set<String> names = new TreeSet<>();
        try {
            for (URL root : Collections.list(type.getClassLoader().getResources(ROOT))) {
                names.addAll(names(root.toURI(), ending));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the classes that implement " + type.getSimpleName(), e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the classes were loaded from a place that is no file", e);
        }
        return concrete(type, names);
    }

    /**
     * The concrete top-level classes that implement a type and stand in its own package, whatever they are called.
     *
     * @param origin entry of the class path, a directory or a jar
     */
    public static <T> List<Class<? extends T>> inPackageOf(Class<T> type, Path origin) {
        String folder = type.getPackageName().replace('.', '/');
        try {
            if (Files.isDirectory(origin)) {
                return concrete(type, below(origin, folder, ""));
            }
            try (FileSystem jar = FileSystems.newFileSystem(origin)) {
                return concrete(type, below(jar.getPath("/"), folder, ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the classes in " + origin, e);
        }
    }

    private static List<String> names(URI root, String ending) throws IOException {
        if (!root.getScheme().equals("jar")) {
            return below(entry(Path.of(root)), ROOT, ending);
        }
        try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
            return below(jar.getPath("/"), ROOT, ending);
        }
    }

    /** The entry of the class path that holds {@link #ROOT}. */
    private static Path entry(Path root) {
        return root.getParent().getParent();
    }

    /** Full names of the top-level classes in a folder below the root of a class path entry. */
    private static List<String> below(Path root, String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(ending + CLASS) && !file.contains("$"))
                    .map(file ->
                            file.substring(0, file.length() - CLASS.length()).replace('/', '.'))
                    .filter(name -> !name.endsWith("package-info"))
                    .toList();
        }
    }

    private static <T> List<Class<? extends T>> concrete(Class<T> type, Collection<String> names) {
        List<Class<? extends T>> found = new ArrayList<>();
        for (String name : names) {
            try {
                Class<?> candidate = Class.forName(name, false, type.getClassLoader());
                if (type.isAssignableFrom(candidate) && !Modifier.isAbstract(candidate.getModifiers())) {
                    found.add(candidate.asSubclass(type));
                }
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("the class path changed while it was read", e);
            }
        }
        return found;
    }
}
