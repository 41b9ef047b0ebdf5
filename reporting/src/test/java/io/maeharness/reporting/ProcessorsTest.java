package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.Host;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.PaperValues;
import io.maeharness.results.PlotKind;
import io.maeharness.results.Provenance;
import io.maeharness.results.ProvenanceStore;
import io.maeharness.results.ResultRow;
import io.maeharness.results.TableLayout;
import io.maeharness.results.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorsTest {
    private static final TableLayout LAYOUT = new TableLayout(
            "t",
            "T",
            "Caption.",
            "test",
            "./mae reproduce t",
            List.of(new MetricLayout("ft", "ft", Unit.PERCENT, 1), new MetricLayout("lin", "lin", Unit.PERCENT, 1)),
            List.of(CaseLayout.of("a", "A").asDefault(true), CaseLayout.of("b", "B")),
            PlotKind.NONE,
            "",
            "case");
    private static final String BEGIN =
            "Ours: measured on 2 kinds of processor, which differ in the last bits and so in accuracies: ";

    @TempDir
    private Path directory;

    private ProvenanceStore store;

    @BeforeEach
    void recordsOfTwoProcessors() {
        store = new ProvenanceStore(directory.resolve("provenance"));
        store.write(record("p1", "Chip One"));
        store.write(record("p2", "Chip Two"));
    }

    @Test
    void oneKindOfProcessorIsNotRemarkedOn() {
        assertEquals(List.of(), remarks(row("a", "ft", 0, "p1"), row("b", "ft", 1, "p1"), row("b", "lin", 0, "")));
    }

    @Test
    void seedsOfDifferentProcessorsAreNamed() {
        assertEquals(
                List.of(BEGIN + "Chip One (seeds 0, 2), Chip Two (seed 1)."),
                remarks(row("a", "ft", 0, "p1"), row("a", "ft", 1, "p2"), row("a", "ft", 2, "p1")));
    }

    @Test
    void rowsAndColumnsOfOneSeedAreNamed() {
        assertEquals(
                List.of(BEGIN + "Chip One (seed 1; A ft of seed 0), Chip Two (A lin, B of seed 0)."),
                remarks(
                        row("a", "ft", 0, "p1"),
                        row("a", "lin", 0, "p2"),
                        row("b", "lin", 0, "p2"),
                        row("b", "lin", 1, "p1")));
    }

    @Test
    void theRemarkStandsOnThePageAndUnderTheTables() throws IOException {
        Path output = directory.resolve("report");
        new Reporter()
                .render(new ReportRequest(
                        "smoke",
                        List.of(),
                        List.of(LAYOUT),
                        List.of(row("a", "ft", 0, "p1"), row("b", "ft", 0, "p2")),
                        PaperValues.bundled(),
                        store,
                        List.of(),
                        directory.resolve("curves"),
                        directory.resolve("pictures"),
                        output));
        for (String file : List.of("index.html", "README.md", "t.md", "t.tex")) {
            String text = Files.readString(output.resolve(file));
            assertTrue(text.contains("Chip One (A of seed 0), Chip Two (B of seed 0)"), file + ": " + text);
        }
        assertFalse(Files.readString(output.resolve("t.md")).contains("Not trained to its end"));
    }

    private List<String> remarks(ResultRow... rows) {
        return Processors.remarks(LAYOUT, List.of(rows), store);
    }

    private static ResultRow row(String caseKey, String metric, long seed, String provenance) {
        return ResultRow.measured("t", caseKey, metric, seed, 70, provenance, provenance);
    }

    private static Provenance record(String key, String processor) {
        return new Provenance(
                key,
                new Provenance.Stage("linear-probe", key, 0, JsonNodeFactory.instance.objectNode()),
                new Provenance.Code("1", "unknown", false),
                new Provenance.Data("bundled", "none"),
                new Host("17", "a vendor", "an OS", processor, 2),
                new Provenance.Engine("1", "PyTorch", "1", "cpu", "fp32"),
                new Provenance.Cost(Instant.EPOCH, 1, 1, 1));
    }
}
