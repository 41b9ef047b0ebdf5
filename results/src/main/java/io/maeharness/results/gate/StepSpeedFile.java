package io.maeharness.results.gate;

import io.maeharness.files.TextFile;
import io.maeharness.results.ResultStoreException;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** The CSV form of speeds: a line a process, those of several kinds of processors in one file. */
public final class StepSpeedFile {
    /** Name of the file in a reference. */
    public static final String NAME = "speed.csv";

    private static final List<String> HEADER = List.of(
            "processor", "precision", "stage", "work", "process", "images_per_second", "ceiling_gflops", "others");
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private StepSpeedFile() {}

    /** Puts speeds in the place of those of the same kind of processor and precision; those of others stay. */
    public static void replace(Path file, List<StepSpeed> speeds) {
        List<StepSpeed> all = new ArrayList<>(
                Files.exists(file)
                        ? read(file).stream()
                                .filter(old -> speeds.stream().noneMatch(old::isComparable))
                                .toList()
                        : List.of());
        all.addAll(speeds);
        write(file, all);
    }

    private static void write(Path file, List<StepSpeed> speeds) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            printer.printRecord(HEADER);
            for (StepSpeed speed : speeds) {
                printer.printRecord(
                        speed.processor(),
                        speed.precision(),
                        speed.stage(),
                        speed.work(),
                        speed.process(),
                        rounded(speed.imagesPerSecond()),
                        rounded(speed.ceilingGflops()),
                        String.format(Locale.ROOT, "%.2f", speed.others()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a StringBuilder does not fail", e);
        }
        StoreFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Six digits are more than a time has. */
    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    /**
     * Reads what {@link #replace} wrote.
     *
     * @throws ResultStoreException when the file cannot be read or is damaged
     */
    public static List<StepSpeed> read(Path file) {
        try (CSVParser parser = CSVParser.parse(TextFile.read(file, TextFile.WRITTEN_BY_PROGRAM), FORMAT)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.isEmpty() || !records.get(0).toList().equals(HEADER)) {
                throw damaged(file, 1, "expected the header " + String.join(",", HEADER));
            }
            return records.stream().skip(1).map(line -> speed(file, line)).toList();
        } catch (IOException e) {
            throw ResultStoreException.onRead(file, e);
        } catch (UncheckedIOException e) {
            throw damaged(file, 1, "an unbalanced quote");
        }
    }

    private static StepSpeed speed(Path file, CSVRecord line) {
        try {
            return new StepSpeed(
                    line.get(2),
                    line.get(3),
                    line.get(1),
                    line.get(0),
                    Integer.parseInt(line.get(4)),
                    Double.parseDouble(line.get(5)),
                    Double.parseDouble(line.get(6)),
                    Double.parseDouble(line.get(7)));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw damaged(file, line.getRecordNumber(), e.getMessage());
        }
    }

    private static ResultStoreException damaged(Path file, long line, String what) {
        return new ResultStoreException(
                ResultStoreException.Kind.CORRUPT,
                file + " is damaged in line " + line + ": " + what
                        + "; restore the file, or remove it and write it again" + " with mae check --speed --update");
    }
}
