package io.maeharness.ablations.plan;

import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.core.config.NearestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tables there are: every class of the package {@code tables} that is one and has a public constructor without
 * parameters, in their order.
 *
 * @param all the tables, by their order
 */
public record PaperTables(List<PaperTable> all) {
    private static final String PACKAGE = PaperTable.class.getPackageName();
    private static final String SUFFIX = ".class";

    /** Sorts the tables. */
    public PaperTables {
        all = all.stream()
                .sorted(Comparator.comparingInt(table -> table.header().order()))
                .toList();
    }

    /** Lists the package, in the directory or the jar that it was loaded from. */
    public static PaperTables discover() {
        return listedIn(origin());
    }

    /** The tables of an entry of the class path, a directory or a jar. */
    static PaperTables listedIn(Path origin) {
        try {
            if (Files.isDirectory(origin)) {
                return in(origin);
            }
            try (FileSystem jar = FileSystems.newFileSystem(origin)) {
                return in(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the tables in " + origin, e);
        }
    }

    private static Path origin() {
        try {
            return Path.of(PaperTable.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the classes were loaded from a place that is no file", e);
        }
    }

    /** The tables under the root of a class path entry. */
    private static PaperTables in(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(PACKAGE.replace('.', '/')))) {
            return new PaperTables(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX) && !name.contains("$"))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(name -> !name.equals("package-info"))
                    .flatMap(name -> table(name).stream())
                    .toList());
        }
    }

    private static Optional<PaperTable> table(String simpleName) {
        try {
            Class<?> type = Class.forName(PACKAGE + "." + simpleName);
            boolean concrete = PaperTable.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
            if (!concrete || Stream.of(type.getConstructors()).noneMatch(c -> c.getParameterCount() == 0)) {
                return Optional.empty();
            }
            return Optional.of((PaperTable) type.getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "table " + simpleName + " cannot be created; its constructor must not fail", e);
        }
    }

    /**
     * The table with this identifier.
     *
     * @throws IllegalArgumentException when there is none, naming the nearest
     */
    public PaperTable named(String id) {
        return all.stream().filter(table -> table.id().equals(id)).findFirst().orElseThrow(() -> {
            List<String> ids = all.stream().map(PaperTable::id).toList();
            return new IllegalArgumentException("there is no table '" + id + "'; did you mean "
                    + NearestName.of(id, ids) + "? Known are " + String.join(", ", ids));
        });
    }
}
