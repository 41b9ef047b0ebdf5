package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.Precision;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.workbench.Compute;
import io.maeharness.workbench.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Table 1f at three seeds with hardly any noise, on 10,000 images of which every run classifies about half correctly. */
class ClaimsOnNewImagesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BEST = "random-75";

    @TempDir
    private Path output;

    private CommandLineRun claims(String... arguments) {
        String[] common = {
            "claims", "table1f", "--profile", "smoke", "--precision", "fp32", "--device", "cpu", "--fresh", "--output"
        };
        return CommandLineRun.of(Stream.of(common, new String[] {output.toString()}, arguments)
                .flatMap(Stream::of)
                .toArray(String[]::new));
    }

    /** Random sampling is best by so many points, and its images begin so many later than those of the others. */
    private void measure(double points, int shift) {
        Settings settings = Overrides.apply(ProfileLoader.load("smoke"), Map.of("seeds", "3"));
        Session session =
                new Session(settings, new Compute(List.of("cpu"), Precision.FP32, 1, true), Optional.empty(), output);
        List<ResultRow> rows = new ArrayList<>();
        for (PlannedCell cell :
                session.plan(session.selection(List.of("table1f"))).cells()) {
            if (cell instanceof PlannedCell.Measured measured) {
                boolean best = cell.key().caseKey().equals(BEST);
                long correct =
                        Math.round(5000 + cell.seed() * cell.key().caseKey().length() + (best ? 100 * points : 0));
                Provenance record = record(cell, measured.stage(), best ? shift : 0, (int) correct);
                session.output().results().provenance().write(record);
                rows.add(ResultRow.measured(
                        "table1f",
                        cell.key().caseKey(),
                        cell.key().metric(),
                        cell.seed(),
                        correct / 100.0,
                        measured.stage(),
                        record.key()));
            }
        }
        session.output().results().put(rows);
    }

    private static Provenance record(PlannedCell cell, String stage, int from, int correct) {
        BitSet bits = new BitSet();
        bits.set(from, from + correct);
        ObjectNode outcome = JSON.createObjectNode();
        outcome.putObject("metrics").put("top1", correct / 100.0);
        outcome.putObject("correct").put("top1", Base64.getEncoder().encodeToString(bits.toByteArray()));
        return new Provenance(
                        stage,
                        new Provenance.Stage("finetune", stage, cell.seed(), JSON.createObjectNode()),
                        new Provenance.Code("1", "c", false),
                        new Provenance.Data("bundled", "d"),
                        new Host("17", "v", "Linux", "AMD", 2),
                        new Provenance.Engine("0.36.0", "PyTorch", "2.7.1", "cpu", "fp32"),
                        new Provenance.Cost(Instant.EPOCH, 1, 1, 1))
                .withOutcome(outcome);
    }

    private static String line(CommandLineRun run) {
        return run.out()
                .lines()
                .filter(line -> line.contains("table1f-random-ft"))
                .findFirst()
                .orElseThrow();
    }

    /** The runs disagree on 5 % of the images, all in favour of one: 0.2 points beside a difference of 5. */
    @Test
    void aLargeDifferenceStandsOnNewImagesToo() {
        measure(5, 0);
        String line = line(claims());
        assertTrue(line.startsWith("* holds"), line);
        assertTrue(line.endsWith("where more than 0.00 is claimed; also for new images"), line);
    }

    /** The runs disagree on 80 % of the images: 0.9 points beside a difference of 1. */
    @Test
    void aDifferenceThatTheChoiceOfImagesMayHaveMadeHoldsOnTheseAlone() {
        measure(1, 4000);
        String line = line(claims());
        assertTrue(line.startsWith("* holds"), line);
        assertTrue(line.endsWith("not for new images: more test images, not more seeds, would help"), line);
    }

    @Test
    void jsonHasTheMarkAndTheEndsOfIntervals() throws IOException {
        measure(5, 0);
        JsonNode claims = JSON.readTree(claims("--json").out());
        JsonNode component = claims.get(0).at("/components/0");
        assertTrue(claims.get(0).get("alsoForNewImages").asBoolean());
        assertFalse(claims.get(3).has("alsoForNewImages"));
        assertEquals(
                component.get("value").asDouble(),
                (component.get("low").asDouble() + component.get("high").asDouble()) / 2,
                1e-9);
    }
}
