package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.core.config.Overrides;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import io.maeharness.workbench.MeasuredRun;
import io.maeharness.workbench.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    @TempDir
    private Path directory;

    private Session session(String name) {
        return MeasuredRun.session(directory.resolve(name), 2);
    }

    private CommandLineRun diff(String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "diff",
                directory.resolve("one").toString(),
                directory.resolve("two").toString()));
        all.addAll(List.of(more));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private static void differs(CommandLineRun run, ExitCode code, String... texts) {
        assertEquals(code.code(), run.code(), run.out() + run.err());
        List.of(texts).forEach(text -> assertTrue(run.out().contains(text), run::out));
    }

    @Test
    void equalRunsDifferInNothing() {
        MeasuredRun.of(session("one"), "table1f");
        MeasuredRun.of(session("two"), "table1f");
        differs(
                diff(),
                ExitCode.OK,
                "configuration: the same",
                "code and environment: the same",
                "0 moved and 20 have the same bits");
    }

    @Test
    void anotherProcessorIsToldBesideWhatMoved() {
        MeasuredRun.of(session("one"), "table1f");
        MeasuredRun.of(session("two"), "table1f", "another one", 51.5);
        differs(
                diff(),
                ExitCode.RUNS_DIFFER,
                "  processor a processor -> another one\n",
                "50.50 -> 52.00  +1.50, no variation beside cases and seeds: no deviation known; seeds 0, 1",
                "20 moved and 0 have the same bits");
    }

    @Test
    void anotherSettingIsToldByItsStageAndPath() {
        Session one = session("one");
        MeasuredRun.of(one, "table1f");
        Session two =
                one.beside(Overrides.apply(one.settings(), Map.of("pretrain.baseLr", "0.5")), directory.resolve("two"));
        MeasuredRun.of(two, "table1f");
        CommandLineRun run = diff();
        differs(run, ExitCode.OK, "configuration\n", "  pretrain recipe.schedule.baseLr ", " -> 0.5");
        assertFalse(run.out().contains("finetune recipe"), run::out);
    }

    @Test
    void cellsOfOneRunAreListed() {
        MeasuredRun.of(session("one"), "table1f");
        MeasuredRun.of(session("two"), "table1f");
        MeasuredRun.of(session("two"), "table1a");
        differs(diff(), ExitCode.OK, "only in " + directory.resolve("two") + "\n  table1a/", " only in the second");
    }

    private void put(String run, double... values) {
        for (int i = 0; i < values.length; i++) {
            String stage = "aa" + i;
            new ResultStore(directory.resolve(run))
                    .put(List.of(
                            ResultRow.measured("table1a", "depth-" + i % 2, "ft", i / 2, values[i], stage, stage)));
        }
    }

    @Test
    void aMovementIsTakenInDeviationsOfCasesOverSeeds() throws IOException {
        put("one", 70, 71, 72, 72); // Residuals of 0.25 each: a squared deviation of 0.25 with one degree of freedom.
        put("two", 70, 73, 72, 74);
        differs(
                diff(),
                ExitCode.RUNS_DIFFER,
                "71.50 -> 73.50  +2.00, 4.0 deviations; seeds 0, 1",
                "1 moved and 1 have");
        JsonNode json = new ObjectMapper().readTree(diff("--json").out());
        assertEquals(1, json.path("identical").asInt());
        assertEquals(2, json.path("moved").get(0).path("moved").asDouble());
        assertEquals(0.5, json.path("moved").get(0).path("residualDeviation").asDouble(), 1e-12);
    }

    @Test
    void timesAreShownAndNotJudged() {
        MeasuredRun.of(session("one"), "table2");
        MeasuredRun.of(session("two"), "table2", "a processor", 55);
        differs(diff(), ExitCode.OK, "timed again, never the same twice and not judged", "ratio 1.", "0 moved");
    }

    @Test
    void withOneSeedNoDeviationIsKnown() {
        put("one", 70, 71);
        put("two", 70, 73);
        differs(diff(), ExitCode.RUNS_DIFFER, "+2.00, one seed: no deviation known; seed 0");
    }

    @Test
    void runsWithoutACommonCellCannotBeCompared() {
        MeasuredRun.of(session("one"), "table1f");
        MeasuredRun.of(session("two"), "table1a");
        differs(diff(), ExitCode.CANNOT_TELL, "no cell with a value in both");
    }

    @Test
    void aDirectoryThatIsNoneOrHoldsNoResultsIsNamedWithTheWayOut() throws IOException {
        MeasuredRun.of(session("one"), "table1f");
        refused("there is no directory " + directory.resolve("two"));
        Files.createDirectory(directory.resolve("two"));
        refused("there is no results.csv in " + directory.resolve("two"));
    }

    @Test
    void oneRunAloneIsAUsageErrorOfOneLine() {
        CommandLineRun run = CommandLineRun.of("diff", directory.toString());
        assertEquals(ExitCode.USAGE.code(), run.code(), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
    }

    private void refused(String text) {
        CommandLineRun run = diff();
        assertEquals(ExitCode.USAGE.code(), run.code(), run::err);
        assertTrue(run.err().contains(text), run::err);
        assertTrue(run.err().contains("; name a published directory or that of a run"), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
    }
}
