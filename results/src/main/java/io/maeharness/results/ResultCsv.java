package io.maeharness.results;

import io.maeharness.files.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The CSV form of result rows: a header, then one line a row, in canonical order; UTF-8, line feeds.
 *
 * <p>Reading is strict: a file that this class did not write is refused with the number of the offending line.
 */
public final class ResultCsv {

    /** Column names in their order. */
    public static final List<String> HEADER =
            List.of("table", "case", "metric", "seed", "value", "state", "stage", "provenance", "reason");

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private ResultCsv() {}

    /**
     * Rows of a file in canonical order.
     *
     * @throws ResultStoreException when the file is unreadable or is not a results file throughout
     */
    public static List<ResultRow> read(Path file) {
        List<CSVRecord> records = records(file);
        if (records.isEmpty() || !records.get(0).toList().equals(HEADER)) {
            throw corrupt(file, 1, "expected the header " + String.join(",", HEADER));
        }
        TreeSet<ResultRow> rows = new TreeSet<>();
        for (CSVRecord record : records.subList(1, records.size())) {
            if (!rows.add(row(file, record))) {
                throw corrupt(file, record.getRecordNumber(), "a second row for the same cell, seed and stage");
            }
        }
        return List.copyOf(rows);
    }

    /** The file's bytes for these rows, which need not be sorted. */
    public static byte[] print(Collection<ResultRow> rows) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            printer.printRecord(HEADER);
            for (ResultRow row : rows.stream().sorted().toList()) {
                printer.printRecord(fields(row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a StringBuilder does not fail", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> fields(ResultRow row) {
        String value = row.value().isPresent() ? Double.toString(row.value().getAsDouble()) : "";
        return List.of(
                row.table(),
                row.caseKey(),
                row.metric(),
                Long.toString(row.seed()),
                value,
                row.state().csv(),
                row.stage(),
                row.provenance(),
                SpreadsheetText.guarded(row.reason()));
    }

    private static List<CSVRecord> records(Path file) {
        try {
            String text = TextFile.read(file, TextFile.WRITTEN_BY_PROGRAM);
            if (!text.isEmpty() && !text.endsWith("\n")) {
                throw corrupt(file, text.lines().count(), "the last line is cut off");
            }
            try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
                return new ArrayList<>(parser.getRecords());
            }
        } catch (CharacterCodingException e) {
            throw new ResultStoreException(ResultStoreException.Kind.CORRUPT, wayOut(file, "is not UTF-8 text"), e);
        } catch (UncheckedIOException e) {
            throw new ResultStoreException(
                    ResultStoreException.Kind.CORRUPT, wayOut(file, "has an unbalanced quote"), e);
        } catch (IOException e) {
            throw ResultStoreException.onRead(file, e);
        }
    }

    private static ResultRow row(Path file, CSVRecord record) {
        if (record.size() != HEADER.size()) {
            throw corrupt(
                    file, record.getRecordNumber(), "expected " + HEADER.size() + " columns, found " + record.size());
        }
        try {
            String value = record.get(4);
            return new ResultRow(
                    record.get(0),
                    record.get(1),
                    record.get(2),
                    Long.parseLong(record.get(3)),
                    value.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value)),
                    ResultState.ofCsv(record.get(5)),
                    record.get(6),
                    record.get(7),
                    SpreadsheetText.plain(record.get(8)));
        } catch (IllegalArgumentException e) {
            throw corrupt(file, record.getRecordNumber(), e.getMessage());
        }
    }

    private static ResultStoreException corrupt(Path file, long line, String what) {
        return new ResultStoreException(
                ResultStoreException.Kind.CORRUPT, wayOut(file, "is damaged in line " + line + ": " + what));
    }

    private static String wayOut(Path file, String what) {
        return file + " " + what + "; nothing was changed: restore the file, or move it away to start anew";
    }
}
