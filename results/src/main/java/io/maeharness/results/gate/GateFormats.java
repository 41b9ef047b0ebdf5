package io.maeharness.results.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.maeharness.results.gate.GateFinding.Status;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Forms in which programs and pages read what the gate found. */
public final class GateFormats {
    private GateFormats() {}

    /** JUnit's XML: a suite a tier, a case a comparison; what cannot be told is a skipped case. */
    public static String junit(GateReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", report.title());
            for (var tier : byTier(report).entrySet()) {
                writeSuite(xml, tier.getKey(), tier.getValue());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a StringWriter does not fail", e);
        }
        return text + "\n";
    }

    private static Map<String, List<GateFinding>> byTier(GateReport report) {
        return report.findings().stream()
                .collect(Collectors.groupingBy(GateFinding::tier, TreeMap::new, Collectors.toList()));
    }

    private static void writeSuite(XMLStreamWriter xml, String tier, List<GateFinding> findings)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", tier);
        xml.writeAttribute("tests", Integer.toString(findings.size()));
        xml.writeAttribute("failures", Long.toString(count(findings, Status.REGRESSION)));
        xml.writeAttribute("skipped", Long.toString(count(findings, Status.CANNOT_TELL)));
        for (GateFinding finding : findings) {
            writeCase(xml, finding);
        }
        xml.writeEndElement();
    }

    private static void writeCase(XMLStreamWriter xml, GateFinding finding) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "gate." + finding.tier());
        xml.writeAttribute("name", finding.name());
        if (finding.status() == Status.REGRESSION || finding.status() == Status.CANNOT_TELL) {
            xml.writeEmptyElement(finding.status() == Status.REGRESSION ? "failure" : "skipped");
            xml.writeAttribute("message", finding.detail());
        }
        xml.writeEndElement();
    }

    private static long count(List<GateFinding> findings, Status status) {
        return findings.stream().filter(finding -> finding.status() == status).count();
    }

    /** A section of GitHub-flavoured Markdown, for the summary of a job: everything that is not as the reference. */
    public static String markdown(GateReport report) {
        StringBuilder text = new StringBuilder();
        text.append("## Gate: ").append(report.verdict().words()).append("\n\n");
        text.append(report.title()).append(". ").append(report.line()).append(".\n");
        List<GateFinding> told = report.worstFirst().stream()
                .filter(finding -> finding.status() != Status.SAME)
                .toList();
        if (!told.isEmpty()) {
            text.append("\n| | Tier | Compared | Numbers |\n|---|---|---|---|\n");
            told.forEach(finding -> text.append("| ")
                    .append(finding.status().words())
                    .append(" | ")
                    .append(cell(finding.tier()))
                    .append(" | ")
                    .append(cell(finding.name()))
                    .append(" | ")
                    .append(cell(finding.detail()))
                    .append(" |\n"));
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    /** What github-action-benchmark takes as {@code customBiggerIsBetter}: the numbers worth following, in their unit. */
    public static String benchmark(GateReport report) {
        ObjectMapper json = new ObjectMapper();
        ArrayNode array = json.createArrayNode();
        report.findings().stream()
                .filter(finding -> finding.value().isPresent())
                .forEach(finding -> array.addObject()
                        .put("name", finding.tier() + ": " + finding.name())
                        .put(
                                "unit",
                                finding.tier().equals(SpeedTier.TIER) ? "images per GFLOP of the ceiling" : "percent")
                        .put("value", finding.value().getAsDouble())
                        .put("extra", finding.detail()));
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(array) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers must be JSON", e);
        }
    }
}
