package io.maeharness.ablations.plan;

import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.core.config.NearestName;
import io.maeharness.core.discovery.Discovery;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.InvalidSettingException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collection;
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
        return new PaperTables(Discovery.inPackageOf(PaperTable.class, origin).stream()
                .flatMap(type -> table(type).stream())
                .toList());
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

    private static Optional<PaperTable> table(Class<? extends PaperTable> type) {
        if (Stream.of(type.getConstructors()).noneMatch(constructor -> constructor.getParameterCount() == 0)) {
            return Optional.empty();
        }
        try {
            return Optional.of(type.getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "table " + type.getSimpleName() + " cannot be created; its constructor must not fail", e);
        }
    }

    /**
     * The table with this identifier.
     *
     * @throws InvalidSettingException when there is none, naming the nearest
     */
    public PaperTable named(String id) {
        return all.stream().filter(table -> table.id().equals(id)).findFirst().orElseThrow(() -> {
            List<String> ids = all.stream().map(PaperTable::id).toList();
            return new InvalidSettingException("there is no table '" + id + "'; did you mean " + NearestName.of(id, ids)
                    + "? Known are " + String.join(", ", ids));
        });
    }

    /**
     * The tables of these identifiers, in their order; all of them for none or {@link Selection#ALL}.
     *
     * @throws HarnessException of kind UNKNOWN_TABLE when there is none of an identifier, naming the nearest
     */
    public List<PaperTable> chosen(Collection<String> ids) {
        if (ids.isEmpty() || ids.contains(Selection.ALL)) {
            return all;
        }
        try {
            List<PaperTable> named = ids.stream().map(this::named).toList();
            return all.stream().filter(named::contains).toList();
        } catch (InvalidSettingException e) {
            throw new HarnessException(HarnessException.Kind.UNKNOWN_TABLE, e.getMessage(), e);
        }
    }
}
