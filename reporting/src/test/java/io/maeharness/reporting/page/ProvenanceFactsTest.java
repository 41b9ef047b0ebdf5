package io.maeharness.reporting.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maeharness.reporting.ReportRequest;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvenanceFactsTest {

    @Test
    void everyValueThatOccursIsNamedOnce() {
        List<ReportRequest.Fact> facts = ProvenanceFacts.of(List.of(
                record("a", "bf16", "2026-03-01"),
                record("b", "fp32", "2026-03-03"),
                record("c", "bf16", "2026-03-02")));
        assertTrue(facts.contains(new ReportRequest.Fact("Precision", "bf16; fp32")), facts.toString());
        assertTrue(
                facts.contains(new ReportRequest.Fact("Measured", "2026-03-01 to 2026-03-03 (UTC)")), facts.toString());
        assertTrue(
                facts.contains(new ReportRequest.Fact("Computing time", "30 min, summed over 3 stages")),
                facts.toString());
    }

    @Test
    void commitsOfAVersionStandBehindItCutToWhatGitTakes() {
        List<ReportRequest.Fact> facts = ProvenanceFacts.of(List.of(
                record("a", "0123456789abcdef0123456789abcdef01234567"),
                record("b", "0023456789abcdef0123456789abcdef01234567"),
                record("c", "0123456789abcdef0123456789abcdef01234567")));
        assertTrue(
                facts.contains(new ReportRequest.Fact(
                        "Code",
                        "version 0.1.0, commit 0023456789ab with uncommitted changes, 0123456789ab with uncommitted"
                                + " changes")),
                facts.toString());
        assertTrue(facts.contains(new ReportRequest.Fact("Data", "fashion-mnist-subset, sha256:00")), facts.toString());
    }

    @Test
    void nothingMeasuredGivesNoFacts() {
        assertEquals(List.of(), ProvenanceFacts.of(List.of()));
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0 s", "59, 59 s", "600, 10 min", "11520, 3.2 h"})
    void durationsAreInWords(double seconds, String words) {
        assertEquals(words, ProvenanceFacts.duration(seconds));
    }

    private static Provenance record(String key, String commit) {
        return record(key, "bf16", "2026-03-01", commit);
    }

    private static Provenance record(String key, String precision, String day) {
        return record(key, precision, day, "0123456");
    }

    private static Provenance record(String key, String precision, String day, String commit) {
        return new Provenance(
                key,
                new Provenance.Stage("finetune", key, 0, JsonNodeFactory.instance.objectNode()),
                new Provenance.Code("0.1.0", commit, true),
                new Provenance.Data("fashion-mnist-subset", "sha256:00"),
                new Host("17.0.1", "a vendor", "Linux", "a processor", 2),
                new Provenance.Engine("0.36.0", "PyTorch", "2.7.1", "cpu", precision),
                new Provenance.Cost(Instant.parse(day + "T10:00:00Z"), 600, 1000, 0));
    }
}
