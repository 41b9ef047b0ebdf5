package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CaseLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStoreException;
import io.maeharness.results.TableLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReporterTest {

    private static final Pattern ADDRESS = Pattern.compile("(?:href|src|srcset)=\"([^\"]*)\"");

    private static final List<TableLayout> FEW = List.of(SampleLayouts.table1f(), SampleLayouts.figure9());

    @TempDir
    Path directory;

    @Test
    void theSameInputGivesTheSameBytes() throws IOException {
        Map<String, String> first = contents(render(new SampleReport(directory.resolve("a")).fill(2, FEW)));
        Map<String, String> second = contents(render(new SampleReport(directory.resolve("b")).fill(2, FEW)));
        assertEquals(first, second);
    }

    @Test
    void onlyPlotsWhoseNumbersChangedAreDrawnAgain() throws IOException {
        SampleReport sample = new SampleReport(directory);
        ReportRequest request = sample.fill(1, FEW);
        Reporter reporter = new Reporter();
        assertTrue(reporter.render(request).plotsDrawn() > 3);
        assertEquals(0, reporter.render(request).plotsDrawn());
        assertEquals(0, new Reporter().render(request).plotsDrawn());
        sample.store().put(List.of(ResultRow.measured("table1f", "grid-75", "ft", 0, 70, "table1f-grid-75-ft-0", "")));
        ReportRequest changed = sample.request(FEW, sample.store().rows());
        assertEquals(1, reporter.render(changed).plotsDrawn());
    }

    @Test
    void everyAddressOnThePageIsAFileOrAnAnchorOnIt() throws IOException {
        Path output = render(new SampleReport(directory).fill(2));
        String html = Files.readString(output.resolve("index.html"));
        Matcher matcher = ADDRESS.matcher(html);
        int count = 0;
        for (; matcher.find(); count++) {
            String address = matcher.group(1);
            if (address.startsWith("#")) {
                assertTrue(html.contains("id=\"" + address.substring(1) + "\""), address);
            } else if (!address.startsWith("https://arxiv.org/") && !address.equals("data:,")) {
                assertTrue(Files.isRegularFile(output.resolve(address)), address);
            }
        }
        assertTrue(count > 50, "only " + count + " addresses");
    }

    @Test
    void theFourStatesLookDifferent() throws IOException {
        Path output =
                render(new SampleReport(directory).fill(1, List.of(SampleLayouts.table1d(), SampleLayouts.table1f())));
        String html = Files.readString(output.resolve("index.html"));
        assertTrue(html.contains("<td class=\"failed opens\" colspan=\"2\">"), html);
        assertTrue(html.contains("failed: loss is NaN at step 120"));
        assertTrue(html.contains("<td class=\"skipped opens\" colspan=\"2\">"));
        assertTrue(html.contains("<span class=\"state\">skipped</span>"));
        assertTrue(html.contains(": --skip lin."));
        assertTrue(html.contains("<td class=\"pending opens\" colspan=\"2\">"));
        assertTrue(html.contains("pending (its tokenizer is not trained yet)"));
        assertTrue(html.contains("<td class=\"ours opens\">"));
    }

    @Test
    void aStoreWithoutRowsGivesAPageOfPendingCells() throws IOException {
        SampleReport sample = new SampleReport(directory);
        Path output = render(sample.request(SampleLayouts.all(), List.of()));
        String html = Files.readString(output.resolve("index.html"));
        assertTrue(html.contains("0 of 83 cells measured, 83 pending"), html);
        assertFalse(html.contains("<img"), "nothing to draw yet");
    }

    @Test
    void hostileTextIsEscapedEverywhere() throws IOException {
        String hostile = "<script>alert(1)</script> | _x_ & \"q\" % $ \\ {a}";
        TableLayout layout = new TableLayout(
                "hostile",
                hostile,
                hostile,
                hostile,
                "./mae reproduce hostile",
                List.of(SampleLayouts.FT),
                List.of(CaseLayout.of("a", hostile).asDefault(true), CaseLayout.of("b", "b")),
                PlotKind.BARS,
                hostile,
                hostile);
        List<ResultRow> rows = List.of(
                ResultRow.measured("hostile", "a", "ft", 0, 1, "s", ""),
                ResultRow.measured("hostile", "b", "ft", 0, 2, "s", ""),
                ResultRow.missing("hostile", "b", "ft", 1, ResultState.FAILED, "t", hostile));
        Path output = render(new SampleReport(directory).request(List.of(layout), rows));
        for (String file : List.of("index.html", "README.md", "hostile.md", "plots/hostile-ft-difference.svg")) {
            assertFalse(Files.readString(output.resolve(file)).contains("<script>"), file);
        }
        String tex = Files.readString(output.resolve("hostile.tex"));
        assertTrue(tex.contains("\\_x\\_ \\& \"q\" \\% \\$ \\textbackslash{} \\{a\\}"), tex);
    }

    @Test
    void aMeasuredRowOfAnotherConfigurationIsRefused() {
        List<ResultRow> rows = List.of(
                ResultRow.measured("table1f", "grid-75", "ft", 0, 70, "old", ""),
                ResultRow.measured("table1f", "grid-75", "ft", 0, 71, "new", ""));
        ReportRequest request = new SampleReport(directory).request(SampleLayouts.all(), rows);
        var error = assertThrows(IllegalArgumentException.class, () -> new Reporter().render(request));
        assertTrue(error.getMessage().contains("ResultStore.rowsOf"), error.getMessage());
    }

    @Test
    void aFileInPlaceOfTheOutputIsOneClearLine() throws IOException {
        Files.writeString(directory.resolve("report"), "mine");
        ReportRequest request = new SampleReport(directory).request(SampleLayouts.all(), List.of());
        var error = assertThrows(ResultStoreException.class, () -> new Reporter().render(request));
        assertEquals(1, error.getMessage().lines().count());
    }

    @Test
    void aLossCurveInTheMiddleOfALineIsNoDamage() throws IOException {
        SampleReport sample = new SampleReport(directory);
        ReportRequest request = sample.fill(1, FEW);
        Path curve = sample.store().curves().resolve("pre-table1f-grid-75.csv");
        Files.writeString(curve, Files.readString(curve) + "470,5.1,0.");
        assertTrue(Files.exists(new Reporter().render(request).index()));
    }

    private static Path render(ReportRequest request) {
        return new Reporter().render(request).index().getParent();
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                contents.put(
                        directory.relativize(file).toString(), HexFormat.of().formatHex(bytes));
            }
        }
        return contents;
    }
}
