package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import io.maeharness.results.ProvenanceStore;
import io.maeharness.results.ResultRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestImagesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path directory;

    private ProvenanceStore provenance;
    private final List<ResultRow> rows = new ArrayList<>();

    @BeforeEach
    void open() {
        provenance = new ProvenanceStore(directory);
    }

    /** A run with the images from a first to a last one correct. */
    private void measured(String caseKey, long seed, int images, int from, int to) {
        BitSet bits = new BitSet();
        bits.set(from, to);
        double accuracy = 100.0 * bits.cardinality() / images;
        String stage = caseKey + seed;
        ObjectNode outcome = JSON.createObjectNode();
        outcome.putObject("metrics").put("top1", accuracy);
        outcome.putObject("correct").put("top1", Base64.getEncoder().encodeToString(bits.toByteArray()));
        provenance.write(new Provenance(
                        stage,
                        new Provenance.Stage("finetune", stage, seed, JSON.createObjectNode()),
                        new Provenance.Code("1", "c", false),
                        new Provenance.Data("bundled", "d"),
                        new Host("17", "v", "Linux", "AMD", 2),
                        new Provenance.Engine("0.36.0", "PyTorch", "2.7.1", "cpu", "fp32"),
                        new Provenance.Cost(Instant.EPOCH, 1, 1, 1))
                .withOutcome(outcome));
        rows.add(ResultRow.measured("table1f", caseKey, "ft", seed, accuracy, stage, stage));
    }

    private List<String> remarks() {
        return TestImages.remarks(SampleLayouts.table1f(), rows, provenance);
    }

    /** sqrt(80 * 20 / 10,000). */
    @Test
    void theBinomialErrorStandsOnceUnderTheTable() {
        measured("random-75", 0, 10_000, 0, 8000);
        measured("block-50", 0, 10_000, 0, 9000);
        assertEquals(
                List.of("Test images: all rows and seeds share the same 10,000, so intervals are about these images."
                        + " Other images of the kind would move single accuracies by a binomial error of up to 0.40"
                        + " points, mostly all rows alike."),
                remarks());
    }

    /** Of 1,000 images 200 flip: 100 * sqrt(200 * 0.25 * 2) / 1000. */
    @Test
    void severalSeedsTellWhatFlipsOfSingleImagesMakeOfTheDeviation() {
        measured("random-75", 0, 1000, 0, 800);
        measured("random-75", 1, 1000, 100, 900);
        String remark = remarks().get(0);
        assertEquals(
                "Of the deviation over seeds, flips of single images make 1.00 in ft.",
                remark.substring(remark.indexOf("Of the deviation")));
    }

    @Test
    void withoutAnswersNothingIsSaid() {
        rows.add(ResultRow.measured("table1f", "random-75", "ft", 0, 80, "s", ""));
        assertEquals(List.of(), remarks());
    }

    @Test
    void ofSplitsOfDifferentSizeNothingIsSaid() {
        measured("random-75", 0, 1000, 0, 800);
        measured("block-50", 0, 2000, 0, 1500);
        assertEquals(List.of(), remarks());
    }
}
