package io.maeharness.results.claims;

import io.maeharness.files.TextFile;
import io.maeharness.results.ResultStoreException;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The looks that have been taken, in {@code analysis.csv} beside results.
 *
 * <p>A look is taken once: what it saw stands, although other tables, whose residuals it may have borrowed, get more seeds
 * afterwards. Looks at other values or with other thresholds are other looks and stand beside it.
 */
public final class LookLedger {
    /** Name of the file. */
    public static final String FILE_NAME = "analysis.csv";

    /** A ledger without looks. */
    public static final LookLedger EMPTY = new LookLedger(List.of());

    private static final List<String> HEADER = List.of(
            "family",
            "claim",
            "seeds",
            "basis",
            "time",
            "commit",
            "estimates",
            "p_holds",
            "p_contradicted",
            "p_reversed");
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private final Map<Place, LookRecord> looks = new LinkedHashMap<>();

    private LookLedger(Collection<LookRecord> records) {
        records.forEach(look -> looks.putIfAbsent(Place.of(look), look));
    }

    private record Place(String claim, int seeds, String basis) {
        static Place of(LookRecord look) {
            return new Place(look.claim(), look.seeds(), look.basis());
        }
    }

    /**
     * The looks noted in some directories; where two have noted the same, the first counts.
     *
     * @throws ResultStoreException when a ledger cannot be read or is damaged
     */
    public static LookLedger in(Collection<Path> directories) {
        return new LookLedger(directories.stream()
                .map(directory -> directory.resolve(FILE_NAME))
                .filter(Files::isRegularFile)
                .flatMap(file -> read(file).stream())
                .toList());
    }

    /** What was seen of a claim at a look at these values; empty when it has not been taken. */
    public Optional<LookRecord> find(String claim, int seeds, String basis) {
        return Optional.ofNullable(looks.get(new Place(claim, seeds, basis)));
    }

    /** The looks in their order. */
    public List<LookRecord> looks() {
        return List.copyOf(looks.values());
    }

    /**
     * Adds looks to the ledger of a directory; those that it has already stay as they are.
     *
     * @throws ResultStoreException when it cannot be written
     */
    public static void add(Path directory, List<LookRecord> records) {
        LookLedger ledger = in(List.of(directory));
        int before = ledger.looks.size();
        records.forEach(look -> ledger.looks.putIfAbsent(Place.of(look), look));
        if (ledger.looks.size() > before) {
            StoreFile.write(directory.resolve(FILE_NAME), ledger.print().getBytes(StandardCharsets.UTF_8));
        }
    }

    private String print() {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            printer.printRecord(HEADER);
            for (LookRecord look : looks.values()) {
                printer.printRecord(
                        look.family(),
                        look.claim(),
                        look.seeds(),
                        look.basis(),
                        look.time(),
                        look.commit(),
                        look.estimates(),
                        look.pHolds(),
                        look.pContradicted(),
                        look.pReversed());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a StringBuilder does not fail", e);
        }
        return text.toString();
    }

    private static List<LookRecord> read(Path file) {
        try (CSVParser parser = CSVParser.parse(TextFile.read(file, TextFile.WRITTEN_BY_PROGRAM), FORMAT)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.isEmpty() || !records.get(0).toList().equals(HEADER)) {
                throw damaged(file, 1, "expected the header " + String.join(",", HEADER));
            }
            return records.stream().skip(1).map(line -> look(file, line)).toList();
        } catch (IOException e) {
            throw ResultStoreException.onRead(file, e);
        } catch (UncheckedIOException e) {
            throw damaged(file, 1, "an unbalanced quote");
        }
    }

    private static LookRecord look(Path file, CSVRecord line) {
        try {
            int at = 0;
            return new LookRecord(
                    line.get(at++),
                    line.get(at++),
                    Integer.parseInt(line.get(at++)),
                    line.get(at++),
                    line.get(at++),
                    line.get(at++),
                    line.get(at++),
                    Double.parseDouble(line.get(at++)),
                    Double.parseDouble(line.get(at++)),
                    Double.parseDouble(line.get(at)));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw damaged(file, line.getRecordNumber(), e.getMessage());
        }
    }

    private static ResultStoreException damaged(Path file, long line, String why) {
        return new ResultStoreException(
                ResultStoreException.Kind.CORRUPT,
                file + " is damaged in line " + line + ": " + why
                        + "; restore it from a backup, or delete it and let every look be taken anew");
    }
}
