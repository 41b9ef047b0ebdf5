package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.Host;
import io.maeharness.results.LossCurve;
import io.maeharness.results.PlotKind;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.TableLayout;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** A whole report of names that mean something in one of its formats is built as one of names that mean nothing. */
class HostileReportTest {
    private static final String PLAIN = "plain words";

    /** Words that mean something to HTML, SVG, Markdown, LaTeX, spreadsheets or terminals. */
    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script></script><img src=x onerror=alert(1)>]]></style><svg onload=alert(1)>--><b>&#60;b&#62;",
            "\" onmouseover=\"alert(1) ' onmouseover='alert(1) &amp; %s %n",
            "=cmd|' /C calc'!A0 a | b || c [x](javascript:alert(1)) ![y](http://e/x.png) `code` ~~~",
            "@SUM(1+1) $\\input{/etc/passwd}$ \\write18{id} %comment ${7*7} {{7*7}} #{7*7}",
            "line\n\nparagraph\r\n# heading\n- item \u202Eevil\u2066 \u0000\u001b[2J\u007f\ufeff\ud800 half");

    private static final Pattern TAG =
            Pattern.compile("<(/?[a-zA-Z!][^\\s>/]*)((?:\\s+[^\\s=>\"'/]+(?:=\"[^\"]*\")?)*)\\s*/?>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s+([^\\s=>\"'/]+)(?:=\"[^\"]*\")?");
    private static final Pattern COMMAND = Pattern.compile("\\\\([a-zA-Z]+)");

    @TempDir
    private Path directory;

    private int reports;

    @Test
    void theStructureOfEveryFileIsThatOfPlainWords() throws Exception {
        Map<String, String> plain = files(report(PLAIN));
        assertTrue(plain.keySet().stream().anyMatch(name -> name.endsWith(".svg")), plain.keySet()::toString);
        for (String hostile : HOSTILE) {
            Map<String, String> files = files(report(hostile));
            assertEquals(plain.keySet(), files.keySet(), hostile);
            for (String name : files.keySet()) {
                assertEquals(
                        structure(name, plain.get(name)), structure(name, files.get(name)), name + " of " + hostile);
                assertFalse(
                        name.matches(".*[.](html|md|tex|svg)") && hasUnseen(files.get(name)),
                        name + " of " + hostile + " has characters that nobody sees");
            }
        }
    }

    /** Results are kept as they are; pages that people read have no characters that hide or turn others. */
    private static boolean hasUnseen(String text) {
        return text.codePoints()
                .anyMatch(c -> (c != '\n' && Character.isISOControl(c)) || (c >= 0x202a && c <= 0x202e) || c == 0x2066);
    }

    /** What a reader of the format makes of the text, without its words. */
    private static List<String> structure(String name, String text) throws Exception {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "svg" -> {
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(text)));
                yield new TreeSet<>(tags(text)).stream().toList(); // Glyphs are paths: other words have more or fewer.
            }
            case "html" -> {
                List<String> tags = tags(text);
                tags.add(text.chars().filter(c -> c == '<').count() + " of <");
                yield tags;
            }
            case "tex" -> commands(text);
            case "csv" -> cells(text);
            case "md" -> rows(text);
            default -> List.of();
        };
    }

    private static List<String> tags(String text) {
        List<String> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(text);
        while (matcher.find()) {
            StringBuilder tag = new StringBuilder(matcher.group(1));
            Matcher attributes = ATTRIBUTE.matcher(matcher.group(2));
            while (attributes.find()) {
                tag.append(' ').append(attributes.group(1));
            }
            if (!tag.toString().startsWith("!--")) {
                tags.add(tag.toString());
            }
        }
        return tags;
    }

    private static List<String> commands(String text) {
        List<String> commands = new ArrayList<>();
        Matcher matcher = COMMAND.matcher(text);
        while (matcher.find()) {
            if (!matcher.group(1).startsWith("text")) {
                commands.add(matcher.group(1));
            }
        }
        commands.removeIf(command -> command.equals("ldots") || command.equals("quotedblbase"));
        commands.add(text.lines().count() + " lines");
        commands.add(text.replace("\\&", "").chars().filter(c -> c == '&').count() + " cells");
        commands.add(text.replace("\\%", "").chars().filter(c -> c == '%').count() + " comments");
        return commands;
    }

    /** Cells of each line, and those that a spreadsheet would compute. */
    private static List<String> cells(String text) {
        List<String> lines = new ArrayList<>();
        boolean quoted = false;
        boolean first = true;
        int cells = 1;
        int computed = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean begins = first && c != '"';
            quoted ^= c == '"';
            if (begins && (c == '=' || c == '@' || c == '+' || c == '\t' || c == '\r')) {
                computed++;
            }
            first = (first && c == '"') || (!quoted && (c == ',' || c == '\n'));
            cells += !quoted && c == ',' ? 1 : 0;
            if (!quoted && c == '\n') {
                lines.add(cells + " cells, " + computed + " computed");
                cells = 1;
                computed = 0;
            }
        }
        return lines;
    }

    private static List<String> rows(String text) {
        return text.lines()
                .map(line -> line.replaceAll("<img( [a-z]+=\"[^\"]*\")*>", "image"))
                .map(line -> line.replaceAll("(`+)[^`].*?\\1", "code")
                        .replace("\\\\", "")
                        .replace("\\|", ""))
                .map(line -> line.chars().filter(c -> c == '|').count()
                        + (line.startsWith("#") ? " heading" : "")
                        + (line.contains("<script") || line.contains("<img") || line.contains("<b>") ? " tag" : "")
                        + (line.matches(".*(?<!\\\\)\\]\\(javascript:.*") ? " link" : ""))
                .toList();
    }

    private Path report(String words) throws IOException {
        SampleReport sample = new SampleReport(directory.resolve("report-" + reports++));
        TableLayout layout = new TableLayout(
                "hostile",
                words,
                words,
                words,
                "./mae reproduce hostile",
                List.of(SampleLayouts.FT),
                List.of(CaseLayout.of("a", words).asDefault(true), CaseLayout.of("b", "b")),
                PlotKind.BARS,
                words,
                words);
        sample.store()
                .put(List.of(
                        ResultRow.measured("hostile", "a", "ft", 0, 1, "s", "s"),
                        ResultRow.measured("hostile", "a", "ft", 1, 3, "s", "s"),
                        ResultRow.measured("hostile", "b", "ft", 0, 2, "s", "s"),
                        ResultRow.missing("hostile", "b", "ft", 1, ResultState.FAILED, "t", words)));
        sample.store().provenance().write(provenance(words));
        try (LossCurve curve = LossCurve.resume(LossCurve.file(sample.store().curves(), "s"), 0)) {
            curve.append(new LossCurve.Point(1, 1, 0.5, 1e-4, 1100));
            curve.append(new LossCurve.Point(2, 2, 0.4, 1e-4, 1100));
        }
        ReportRequest plain = sample.request(List.of(layout), sample.store().rows());
        Files.createDirectories(plain.picturesDirectory());
        Files.write(plain.picturesDirectory().resolve("p.png"), new byte[] {1});
        Pictures.write(plain.picturesDirectory(), List.of(new Pictures.Picture(words, "p.png", words)));
        new Reporter()
                .render(new ReportRequest(
                        words,
                        List.of(new ReportRequest.Fact(words, words)),
                        plain.layouts(),
                        plain.rows(),
                        plain.paper(),
                        plain.provenance(),
                        List.of(new ReportRequest.Curve("hostile", "a", "s")),
                        plain.curvesDirectory(),
                        plain.picturesDirectory(),
                        plain.output()));
        return plain.output();
    }

    private static Provenance provenance(String words) {
        return new Provenance(
                "s",
                new Provenance.Stage(
                        words, "s", 0, JsonNodeFactory.instance.objectNode().put(words, words)),
                new Provenance.Code(words, words, false),
                new Provenance.Data(words, words),
                new Host(words, words, words, words, 2),
                new Provenance.Engine(words, words, words, words, words),
                new Provenance.Cost(Instant.parse("2026-03-01T10:00:00Z"), 21.5, 1100, 700_000_000));
    }

    private static Map<String, String> files(Path output) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var all = Files.walk(output)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = output.relativize(file).toString();
                if (!name.endsWith(".png")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }
}
