package io.maeharness.results.gate;

import io.maeharness.files.TextFile;
import io.maeharness.results.ResultStoreException;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** The CSV form of golden curves: a line a stage, the numbers of its steps in one field with spaces between them. */
public final class GoldenCurveFile {
    /** Name of the file in a reference. */
    public static final String NAME = "curves.csv";

    private static final List<String> HEADER = List.of("name", "stage", "accuracies", "points", "losses", "spreads");
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private GoldenCurveFile() {}

    /** Replaces the file. */
    public static void write(Path file, List<GoldenCurve> curves) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            printer.printRecord(HEADER);
            for (GoldenCurve curve : curves) {
                printer.printRecord(
                        curve.name(),
                        curve.stage(),
                        accuracies(curve.accuracies()),
                        rounded(curve.points()),
                        losses(curve.losses()),
                        curve.spreads().stream().map(GoldenCurveFile::rounded).collect(Collectors.joining(" ")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a StringBuilder does not fail", e);
        }
        StoreFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String accuracies(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Two digits say how far something may stray. */
    private static String rounded(double spread) {
        return spread == 0 ? "0" : String.format(Locale.ROOT, "%.1e", spread);
    }

    /** Losses are computed in single precision, so that is all there is to write of them. */
    private static String losses(List<Double> values) {
        return values.stream().map(loss -> Float.toString(loss.floatValue())).collect(Collectors.joining(" "));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws ResultStoreException when the file cannot be read or is damaged
     */
    public static List<GoldenCurve> read(Path file) {
        try (CSVParser parser = CSVParser.parse(TextFile.read(file, TextFile.WRITTEN_BY_PROGRAM), FORMAT)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.isEmpty() || !records.get(0).toList().equals(HEADER)) {
                throw damaged(file, 1, "expected the header " + String.join(",", HEADER));
            }
            return records.stream().skip(1).map(line -> curve(file, line)).toList();
        } catch (IOException e) {
            throw ResultStoreException.onRead(file, e);
        } catch (UncheckedIOException e) {
            throw damaged(file, 1, "an unbalanced quote");
        }
    }

    private static GoldenCurve curve(Path file, CSVRecord line) {
        try {
            return new GoldenCurve(
                    line.get(0),
                    line.get(1),
                    numbers(line.get(4)),
                    numbers(line.get(5)),
                    parsed(line.get(2)),
                    Double.parseDouble(line.get(3)));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw damaged(file, line.getRecordNumber(), e.getMessage());
        }
    }

    private static Map<String, Double> parsed(String text) {
        Map<String, Double> values = new TreeMap<>();
        for (String word : words(text)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("expected name=percent, found '" + word + "'");
            }
            values.put(word.substring(0, equals), Double.parseDouble(word.substring(equals + 1)));
        }
        return values;
    }

    private static List<Double> numbers(String text) {
        return words(text).stream().map(Double::parseDouble).toList();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
    }

    private static ResultStoreException damaged(Path file, long line, String what) {
        return new ResultStoreException(
                ResultStoreException.Kind.CORRUPT,
                file + " is damaged in line " + line + ": " + what + "; restore the file, or write it again with"
                        + " mae check --update");
    }
}
