package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.Host;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.Provenance;
import io.maeharness.results.ProvenanceStore;
import io.maeharness.results.ResultRow;
import io.maeharness.results.TableLayout;
import io.maeharness.results.Unit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvergenceTest {
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

    @TempDir
    private Path directory;

    @Test
    void aProbeThatCouldStillLearnIsNamedWithItsColumn() {
        ProvenanceStore store = new ProvenanceStore(directory);
        store.write(record("p1", "no: the training loss of 0.9 lies 0.1 (11 %) above its minimum"));
        store.write(record("p2", "yes: the training loss of 0.7 lies 0.001 (0.1 %) above its minimum"));
        assertEquals(
                List.of("Not trained to its end, lin of A: its loss can still fall, see the provenance."),
                Convergence.remarks(LAYOUT, List.of(row("a", "p1"), row("b", "p2")), store));
    }

    @Test
    void aStageThatSaysNothingOfItselfIsNotRemarkedOn() {
        ProvenanceStore store = new ProvenanceStore(directory);
        store.write(record("p1", ""));
        assertEquals(List.of(), Convergence.remarks(LAYOUT, List.of(row("a", "p1"), row("b", "none")), store));
        assertEquals(List.of(), Convergence.remarks(LAYOUT, List.of(row("a", "")), store));
    }

    private static ResultRow row(String caseKey, String provenance) {
        return ResultRow.measured("t", caseKey, "lin", 0, 70, provenance, provenance);
    }

    private static Provenance record(String key, String verdict) {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        if (!verdict.isEmpty()) {
            configuration.putObject("facts").put("converged", verdict);
        }
        return new Provenance(
                key,
                new Provenance.Stage("linear-probe", key, 0, configuration),
                new Provenance.Code("1", "unknown", false),
                new Provenance.Data("bundled", "none"),
                Host.current(),
                new Provenance.Engine("1", "PyTorch", "1", "cpu", "fp32"),
                new Provenance.Cost(Instant.EPOCH, 1, 1, 1));
    }
}
