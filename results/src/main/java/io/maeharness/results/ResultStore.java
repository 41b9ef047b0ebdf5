package io.maeharness.results;

import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of one output directory: one CSV row per value in {@code results.csv}, records of how each came about in
 * {@code provenance/}, loss curves in {@code curves/}.
 *
 * <p>The store keeps nothing in memory: each call reads what is on disk. The file is sorted canonically, so it is the
 * same whatever the order in which rows arrived. Calls within one process are serialised; two processes are kept apart
 * by the runner's lock.
 */
public final class ResultStore {

    /** Name of the file of rows within the directory. */
    public static final String FILE_NAME = "results.csv";

    private final Path directory;

    /** Store in {@code directory}, which need not exist before the first {@link #put}. */
    public ResultStore(Path directory) {
        this.directory = directory;
    }

    /**
     * The store of a directory: the directory itself, or its folder {@code data} when it is a report; empty when neither has
     * a file of rows.
     */
    public static Optional<ResultStore> in(Path directory) {
        return Stream.of(directory, directory.resolve("data"))
                .peek(candidate -> requireOpen(candidate.resolve(FILE_NAME)))
                .filter(candidate -> Files.isRegularFile(candidate.resolve(FILE_NAME)))
                .map(ResultStore::new)
                .findFirst();
    }

    /** What may not be looked for is not taken for missing. */
    private static void requireOpen(Path file) {
        FileProblem.denied(file).ifPresent(reason -> {
            throw new ResultStoreException(
                    ResultStoreException.Kind.IO, "cannot read " + file + ": " + reason + "; see to its permissions");
        });
    }

    /** Directory of the store. */
    public Path directory() {
        return directory;
    }

    /** The file of rows; it exists after the first {@link #put}. */
    public Path file() {
        return directory.resolve(FILE_NAME);
    }

    /** Directory of the loss curves, one {@code <stage>.csv} for each training stage. */
    public Path curves() {
        return directory.resolve("curves");
    }

    /** Provenance records of this store. */
    public ProvenanceStore provenance() {
        return new ProvenanceStore(directory.resolve("provenance"));
    }

    /**
     * All rows in canonical order; none when there is no file yet.
     *
     * @throws ResultStoreException when the file is damaged or unreadable; it is left as it is
     */
    public synchronized List<ResultRow> rows() {
        requireOpen(file());
        return Files.exists(file()) ? ResultCsv.read(file()) : List.of();
    }

    /**
     * Rows in canonical order whose stage is among {@code stages} or empty: what belongs to one plan, when the
     * directory also holds results of other configurations.
     *
     * @throws ResultStoreException when the file is damaged or unreadable
     */
    public List<ResultRow> rowsOf(Set<String> stages) {
        return rows().stream()
                .filter(row -> row.stage().isEmpty() || stages.contains(row.stage()))
                .toList();
    }

    /**
     * Adds rows; each replaces the row of the same table, case, metric, seed and stage. The file is replaced as a
     * whole, and only when its contents change.
     *
     * @throws ResultStoreException when the file there is damaged, the directory read-only or the device full; the rows
     *     that were there are intact
     */
    public synchronized void put(Collection<ResultRow> rows) {
        TreeMap<ResultRow, ResultRow> merged = new TreeMap<>();
        rows().forEach(row -> merged.put(row, row));
        for (ResultRow row : rows) {
            merged.remove(row);
            merged.put(row, row);
        }
        StoreFile.writeIfChanged(file(), ResultCsv.print(merged.values()));
    }

    /**
     * Adds what another store has and this one has not: rows with their provenance, and loss curves. A measured value
     * takes the place of the reason why there was none; of two measured ones this store's stays, with its provenance, and
     * of two curves the one with more points. A value is left out when this store holds other ones of its stage: all values
     * of a stage are of one computation. The other store is only read.
     *
     * @throws ResultStoreException when a file of either store is damaged, or this one cannot be written
     */
    public synchronized void complete(ResultStore other) {
        TreeMap<ResultRow, ResultRow> own = new TreeMap<>();
        rows().forEach(row -> own.put(row, row));
        Set<String> ours = measured(own.values());
        Map<String, Boolean> fits = new HashMap<>();
        List<ResultRow> taken = other.rows().stream()
                .filter(row -> !own.containsKey(row)
                        || (row.state() == ResultState.MEASURED && own.get(row).state() != ResultState.MEASURED))
                .filter(row -> !ours.contains(row.provenance())
                        || fits.computeIfAbsent(row.provenance(), key -> agreesWith(other, key)))
                .toList();
        put(taken);
        Set<String> theirs = measured(taken);
        theirs.removeAll(ours);
        copy(
                other.provenance().directory(),
                provenance().directory(),
                file -> true,
                (from, to) -> theirs.contains(bareName(to)));
        copy(other.curves(), curves(), file -> true, (from, to) -> lines(from) > lines(to));
    }

    /** Whether another store holds the same values of a stage; without a record there is nothing that speaks against it. */
    private boolean agreesWith(ResultStore other, String key) {
        if (key.isEmpty()) {
            return true;
        }
        return provenance()
                .read(key)
                .flatMap(mine -> other.provenance().read(key).map(theirs -> mine.agreesWith(theirs)
                        .orElse(false)))
                .orElse(true);
    }

    /**
     * Takes over how some stages of another store came about: their provenance in place of this store's, byte for byte, and
     * their loss curves where those have more points. The other store is only read.
     *
     * @throws ResultStoreException when a file of the other store cannot be read, or this one not written
     */
    public synchronized void adopt(ResultStore other, Set<String> stages) {
        copy(
                other.provenance().directory(),
                provenance().directory(),
                file -> stages.contains(bareName(file)),
                (from, to) -> true);
        copy(other.curves(), curves(), file -> stages.contains(bareName(file)), (from, to) -> lines(from) > lines(to));
    }

    /** Keys of the provenance records and loss curves, which are the hashes of their stages. */
    public Set<String> stages() {
        Set<String> stages = new TreeSet<>();
        for (Path directory : List.of(provenance().directory(), curves())) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.list(directory)) {
                    files.filter(Files::isRegularFile)
                            .map(ResultStore::bareName)
                            .forEach(stages::add);
                } catch (IOException e) {
                    throw ResultStoreException.onRead(directory, e);
                }
            }
        }
        return stages;
    }

    /** Keys of the provenance of measured rows. */
    private static Set<String> measured(Collection<ResultRow> rows) {
        return rows.stream()
                .filter(row -> row.state() == ResultState.MEASURED)
                .map(ResultRow::provenance)
                .collect(Collectors.toSet());
    }

    /** Whether a file takes the place of one that is there. */
    private interface Preference {
        boolean replaces(Path from, Path to) throws IOException;
    }

    private static void copy(Path from, Path to, Predicate<Path> wanted, Preference preference) {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).filter(wanted).toList()) {
                Path target = to.resolve(file.getFileName());
                if (!Files.exists(target) || preference.replaces(file, target)) {
                    StoreFile.writeDerived(target, Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw ResultStoreException.onRead(from, e);
        }
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private static String bareName(Path file) {
        return file.getFileName().toString().replaceFirst("\\.(json|csv)$", "");
    }
}
