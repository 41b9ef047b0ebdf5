package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.Precision;
import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.workbench.Compute;
import io.maeharness.workbench.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsCommandTest {
    @TempDir
    private Path output;

    private CommandLineRun claims(String... arguments) {
        String[] common = {
            "--profile", "smoke", "--precision", "fp32", "--device", "cpu", "--fresh", "--output", output.toString()
        };
        return CommandLineRun.of(Stream.of(new String[] {"claims"}, arguments, common)
                .flatMap(Stream::of)
                .toArray(String[]::new));
    }

    private static String lastLine(CommandLineRun run) {
        return run.out().lines().reduce((first, second) -> second).orElse("");
    }

    /** Fine-tuning and probing of table 1f: random sampling is best by so many points, with a little noise. */
    private void measureTable1f(int seeds, double points) {
        Settings settings = Overrides.apply(ProfileLoader.load("smoke"), Map.of("seeds", Integer.toString(seeds)));
        Session session =
                new Session(settings, new Compute(List.of("cpu"), Precision.FP32, 1, true), Optional.empty(), output);
        List<ResultRow> rows = new ArrayList<>();
        for (PlannedCell cell :
                session.plan(session.selection(List.of("table1f"))).cells()) {
            if (cell instanceof PlannedCell.Measured measured) {
                double best = cell.key().caseKey().equals("random-75") ? points : 0;
                double noise = 0.01 * cell.seed() * cell.key().caseKey().length();
                rows.add(ResultRow.measured(
                        "table1f",
                        cell.key().caseKey(),
                        cell.key().metric(),
                        cell.seed(),
                        50 + best + noise,
                        measured.stage(),
                        ""));
            }
        }
        session.output().results().put(rows);
    }

    @Test
    void everyClaimHoldsOnThePapersNumbers() {
        CommandLineRun run = CommandLineRun.of("claims", "--paper");
        assertEquals(0, run.code(), run.toString());
        assertEquals("55 claims: 55 hold, 0 contradicted, 0 not resolved, 0 not measured", lastLine(run));
        assertTrue(run.out().contains("the 38 primary (*): 38 hold"), run.out());
    }

    @Test
    void aMarginThatThePapersNumbersExceedHasAnExitCodeOfItsOwn() {
        CommandLineRun run = CommandLineRun.of("claims", "table1a", "--paper", "--set", "claims.margin=0.05");
        assertEquals(ExitCode.CLAIM_FAILED.code(), run.code(), run.toString());
        assertTrue(lastLine(run).startsWith("3 claims: 2 hold, 1 contradicted"), run.out());
    }

    @Test
    void withoutResultsAClaimIsNotMeasuredAndOneThatIsCountedIsDecided() {
        CommandLineRun run = claims("table1c");
        assertEquals(0, run.code(), run.toString());
        assertTrue(lastLine(run).endsWith("2 not measured"), run.out());
    }

    @Test
    void oneSeedDecidesNothing() {
        measureTable1f(1, 5);
        CommandLineRun run = claims("table1f");
        assertEquals("4 claims: 0 hold, 0 contradicted, 3 not resolved, 1 not measured", lastLine(run));
        assertTrue(
                run.out().contains("; 1 seed; about 5 seeds would decide it; 5.00 where more than 0.00 is claimed"),
                run.out());
    }

    /** Seeds are counted from 0, so that nobody can choose among them. */
    @Test
    void seedsWithoutTheFirstDecideNothingAndSaySo() {
        measureTable1f(4, 5);
        CommandLineRun run = claims("table1f", "--seeds", "2-3");
        assertTrue(lastLine(run).contains("3 not resolved"), run.out());
        assertTrue(run.out().contains("looks need the seeds 0, 1 and so on"), run.out());
    }

    @Test
    void severalSeedsDecide() {
        measureTable1f(3, 5);
        CommandLineRun run = claims("table1f", "--seeds", "3");
        assertTrue(run.out().contains("* holds          table1f-random-ft"), run.out());
        assertTrue(run.out().contains("* holds          table1f-random-lin"), run.out());
    }

    @Test
    void severalSeedsContradict() {
        measureTable1f(3, -5);
        CommandLineRun run = claims("table1f", "--seeds", "3");
        assertTrue(run.out().contains("* contradicted   table1f-random-ft"), run.out());
        assertTrue(run.out().contains("; reversed"), run.out());
    }

    /** Two seeds of table 1e leave few degrees of freedom, so that it borrows from the others where it may. */
    @Test
    void aTableIsJudgedTheSameWhetherItIsListedAloneOrWithTheOthers() {
        Random noise = new Random(4);
        List<ResultRow> rows = new ArrayList<>();
        Settings settings = Overrides.apply(ProfileLoader.load("smoke"), Map.of("seeds", "2"));
        Session session =
                new Session(settings, new Compute(List.of("cpu"), Precision.FP32, 1, true), Optional.empty(), output);
        Map<String, Double> ofStage = new HashMap<>();
        for (PlannedCell cell : session.plan(session.selection(List.of())).cells()) {
            if (cell instanceof PlannedCell.Measured measured) {
                double deviation = cell.key().table().equals("table1e") ? 0.1 : 1;
                double value = ofStage.computeIfAbsent(
                        measured.stage() + measured.value(), stage -> 50 + deviation * noise.nextGaussian());
                CellKey key = cell.key();
                rows.add(ResultRow.measured(
                        key.table(), key.caseKey(), key.metric(), cell.seed(), value, measured.stage(), ""));
            }
        }
        session.output().results().put(rows);
        List<String> alone = claims("table1e")
                .out()
                .lines()
                .filter(ClaimsCommandTest::isOfTable1e)
                .toList();
        assertEquals(4, alone.size());
        assertEquals(
                alone,
                claims().out().lines().filter(ClaimsCommandTest::isOfTable1e).toList());
    }

    private static boolean isOfTable1e(String line) {
        return line.contains(" table1e-");
    }

    @Test
    void allSeedsCountUnlessSomeAreAskedFor() {
        measureTable1f(3, 5);
        assertTrue(claims("table1f").out().contains("* holds          table1f-random-ft"));
        assertTrue(lastLine(claims("table1f", "--seeds", "1")).startsWith("4 claims: 0 hold"));
    }

    @Test
    void aProfileThatLeavesARowOutSaysWhatItCannotMeasure() {
        CommandLineRun run = claims("figure9");
        assertTrue(run.out().contains("* not measurable figure9-few-blocks"), run.out());
        assertTrue(lastLine(run).endsWith(", 1 not measurable in this profile"), run.out());
    }

    @Test
    void jsonHasEveryComponent() throws IOException {
        JsonNode claims = JsonMapper.builder()
                .build()
                .readTree(claims("table1f", "--paper", "--json").out());
        assertEquals(4, claims.size());
        assertEquals(3, claims.get(0).get("components").size());
        assertEquals(
                1,
                claims.get(0)
                        .at("/components/0/coefficients/table1f~1random-75~1ft")
                        .asInt());
    }

    @Test
    void anUnknownTableIsNamedWithTheNearest() {
        CommandLineRun run = CommandLineRun.of("claims", "tabel1f");
        assertEquals(ExitCode.UNKNOWN_TABLE.code(), run.code());
        assertTrue(run.err().contains("did you mean table1f"), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }
}
