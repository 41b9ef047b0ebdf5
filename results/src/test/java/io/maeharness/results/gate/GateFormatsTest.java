package io.maeharness.results.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.results.gate.GateFinding.Status;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class GateFormatsTest {
    private static final GateReport REPORT = new GateReport(
            "a < b",
            List.of(
                    new GateFinding(
                            "accuracy", "table1a/depth-1 ft", Status.SAME, "71.0 and 71.2", OptionalDouble.of(71)),
                    GateFinding.of("curves", "table1f/grid-75 pretrain", Status.REGRESSION, "step 3 | off \"much\""),
                    GateFinding.of("curves", "table3/dino dino", Status.CANNOT_TELL, "changed")));

    @Test
    void aRegressionDecidesThenWhatCannotBeTold() {
        assertEquals(Status.REGRESSION, REPORT.verdict());
        assertEquals(
                Status.CANNOT_TELL,
                new GateReport(
                                "t",
                                List.of(
                                        REPORT.findings().get(0),
                                        REPORT.findings().get(2)))
                        .verdict());
        assertEquals(Status.SAME, new GateReport("t", List.of(REPORT.findings().get(0))).verdict());
        assertEquals(Status.CANNOT_TELL, new GateReport("t", List.of()).verdict());
        assertEquals("3 compared: 1 same, 1 regression, 1 cannot tell", REPORT.line());
    }

    @Test
    void junitCountsFailuresAndSkipsInSuitesByTier() throws Exception {
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(GateFormats.junit(REPORT).getBytes(StandardCharsets.UTF_8)));
        Element curves = (Element) xml.getElementsByTagName("testsuite").item(1);
        assertEquals("curves", curves.getAttribute("name"));
        assertEquals("2", curves.getAttribute("tests"));
        assertEquals("1", curves.getAttribute("failures"));
        assertEquals("1", curves.getAttribute("skipped"));
        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertEquals("step 3 | off \"much\"", failure.getAttribute("message"));
        assertEquals("a < b", xml.getDocumentElement().getAttribute("name"));
    }

    @Test
    void markdownTellsWhatIsNotAsTheReference() {
        String text = GateFormats.markdown(REPORT);
        assertTrue(text.startsWith("## Gate: regression\n"), text);
        assertTrue(text.contains("| regression | curves | table1f/grid-75 pretrain | step 3 \\| off"), text);
        assertFalse(text.contains("depth-1"), text);
    }

    @Test
    void benchmarkHoldsTheNumbersWorthFollowing() throws Exception {
        var json = new ObjectMapper().readTree(GateFormats.benchmark(REPORT));
        assertEquals(1, json.size());
        assertEquals("accuracy: table1a/depth-1 ft", json.get(0).get("name").asText());
        assertEquals(71, json.get(0).get("value").asDouble());
        assertEquals("percent", json.get(0).get("unit").asText());
    }
}
