package io.maeharness.results.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import io.maeharness.results.gate.GateFinding.Status;
import io.maeharness.results.statistics.GateRule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyTierTest {
    private static final int CELLS = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private ResultStore reference;
    private ResultStore measured;

    @BeforeEach
    void open() {
        reference = new ResultStore(directory.resolve("reference"));
        measured = new ResultStore(directory.resolve("measured"));
        fill(reference, 5, 1, "same", 0, 0);
    }

    /** Residuals of about 0.5 points, cases and seeds on top. */
    private static void fill(ResultStore store, int seeds, long noise, String draws, double all, double first) {
        Random random = new Random(noise);
        for (int cell = 0; cell < CELLS; cell++) {
            for (int seed = 0; seed < seeds; seed++) {
                double value = 70 + cell + seed + random.nextGaussian() / 2 + all + (cell == 0 ? first : 0);
                put(store, "depth-" + cell, seed, value, "s" + cell + "x" + seed, draws);
            }
        }
    }

    private static void put(ResultStore store, String row, int seed, double value, String stage, String draws) {
        Provenance record = new Provenance(
                        stage,
                        new Provenance.Stage("finetune", stage, seed, JSON.createObjectNode()),
                        new Provenance.Code("1", "c", false),
                        new Provenance.Data("bundled", "d"),
                        new Host("17", "v", "Linux", "AMD", 2),
                        new Provenance.Engine("0.36.0", "PyTorch", "2.7.1", "cpu", "fp32"),
                        new Provenance.Cost(Instant.EPOCH, 1, 1, 1))
                .withOutcome(JSON.createObjectNode()
                        .set("draws", JSON.createObjectNode().put("order", draws)));
        store.provenance().write(record);
        store.put(List.of(ResultRow.measured("table1a", row, "ft", seed, value, stage, stage)));
    }

    private GateReport report() {
        return new GateReport("t", new AccuracyTier(GateRule.STANDARD).compare(measured, reference));
    }

    private GateFinding finding(String name) {
        return report().findings().stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anotherDrawOfTheSameNoiseIsNoRegression() {
        fill(measured, 3, 2, "same", 0, 0);
        assertEquals(Status.SAME, report().verdict(), report().findings()::toString);
        assertEquals(CELLS + 1, report().findings().size());
    }

    @Test
    void aDropOfOneCellIsFoundThere() {
        fill(measured, 3, 2, "same", 0, -4);
        assertEquals(Status.REGRESSION, finding("table1a/depth-0 ft").status());
        assertEquals(Status.SAME, finding("table1a/depth-5 ft").status());
    }

    @Test
    void aDropEverywhereIsFoundByOneSeedOfAllCellsTogether() {
        fill(measured, 1, 2, "same", -1.5, 0);
        assertEquals(Status.REGRESSION, finding("all ft").status());
    }

    @Test
    void changedDrawsAreNotPaired() {
        fill(measured, 3, 2, "other", 0, 0);
        assertTrue(
                finding("all ft").detail().contains("not paired"),
                finding("all ft").detail());
    }

    @Test
    void anotherDefinitionAndACellThatIsNotThereCannotBeTold() {
        fill(measured, 3, 2, "same", 0, 0);
        put(reference, "missing", 0, 71, "s9", "same");
        put(reference, "changed", 0, 71, "s10", "same");
        put(measured, "changed", 0, 71, "s11", "same");
        assertEquals("not measured", finding("table1a/missing ft").detail());
        assertTrue(finding("table1a/changed ft").detail().startsWith("measured by another definition"));
        assertEquals(Status.CANNOT_TELL, report().verdict());
    }

    @Test
    void aReferenceOfOneSeedCannotTell() {
        ResultStore thin = new ResultStore(directory.resolve("thin"));
        fill(thin, 1, 1, "same", 0, 0);
        fill(measured, 1, 2, "same", 0, 0);
        assertEquals(
                Status.CANNOT_TELL,
                new GateReport("t", new AccuracyTier(GateRule.STANDARD).compare(measured, thin)).verdict());
    }
}
