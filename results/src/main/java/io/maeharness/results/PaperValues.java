package io.maeharness.results;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The numbers that the paper prints for its tables and figures.
 *
 * <p>Source: arXiv 2111.06377, tables 1-3 and figures 5, 7 and 9, as listed in {@code results/paper/published.csv}.
 */
public final class PaperValues {

    private static final String RESOURCE = "paper/published.csv";
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    private final Map<CellKey, Printed> values;

    private PaperValues(Map<CellKey, Printed> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** The values packed with this module. */
    public static PaperValues bundled() {
        try (InputStream stream = PaperValues.class.getResourceAsStream(RESOURCE)) {
            return read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundled " + RESOURCE, e);
        }
    }

    /**
     * Values of a CSV text with the header {@code table,case,metric,unit,value,model,note}.
     *
     * @throws IllegalArgumentException when a row is no printed value, or two rows have the same cell
     * @throws IOException when reading fails
     */
    public static PaperValues read(Reader reader) throws IOException {
        Map<CellKey, Printed> values = new LinkedHashMap<>();
        try (CSVParser parser = CSVParser.parse(reader, FORMAT)) {
            for (CSVRecord record : parser) {
                Printed value = value(record);
                if (values.put(value.cell(), value) != null) {
                    throw new IllegalArgumentException("the paper's value of " + value.cell() + " is listed twice");
                }
            }
        }
        return new PaperValues(values);
    }

    private static Printed value(CSVRecord record) {
        try {
            return new Printed(
                    new CellKey(record.get("table"), record.get("case"), record.get("metric")),
                    Unit.ofCsv(record.get("unit")),
                    new BigDecimal(record.get("value")),
                    record.get("model"),
                    record.get("note"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "row " + record.getRecordNumber() + " of the paper's values is damaged: " + e.getMessage(), e);
        }
    }

    /** The paper's value of a cell; empty where the paper prints none. */
    public Optional<Printed> find(String table, String caseKey, String metric) {
        return find(new CellKey(table, caseKey, metric));
    }

    /** The paper's value of a cell; empty where the paper prints none. */
    public Optional<Printed> find(CellKey cell) {
        return Optional.ofNullable(values.get(cell));
    }

    /** All values in the order of the file. */
    public Collection<Printed> all() {
        return values.values();
    }

    /**
     * A number that the paper prints; a type of its own, so that no report can take it for a measured one.
     *
     * @param cell table, case and metric
     * @param unit unit
     * @param value the number with the digits that the paper prints
     * @param model model of the paper's row, for example {@code ViT-L/16}
     * @param note how the number was read, or empty
     */
    public record Printed(CellKey cell, Unit unit, BigDecimal value, String model, String note) {

        public Printed {
            Objects.requireNonNull(cell, "cell");
            Objects.requireNonNull(unit, "unit");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(note, "note");
        }

        /** This value minus the other, with the digits that the paper prints. */
        public BigDecimal minus(Printed other) {
            return value.subtract(other.value);
        }
    }
}
