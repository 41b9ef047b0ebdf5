package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    private Path directory;

    private CommandLineRun check(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("check", "--profile", "smoke"));
        all.addAll(List.of("--output", directory.resolve("run").toString()));
        all.addAll(List.of("--against", directory.resolve("reference").toString()));
        all.addAll(List.of(arguments));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private void refused(ExitCode code, String text, CommandLineRun run) {
        assertEquals(code.code(), run.code(), run::err);
        assertTrue(run.err().contains(text), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
    }

    @Test
    void aReferenceThatIsNotThereIsSaidBeforeAnythingIsMeasured() {
        refused(ExitCode.USAGE, "there is no results.csv in", check("--run"));
        refused(ExitCode.USAGE, "there is no curves.csv in", check("--curves"));
    }

    @Test
    void aReferenceNeedsFiveSeedsOfEveryCell() {
        refused(ExitCode.USAGE, "a reference needs 5 seeds of every cell", check("--update"));
    }

    @Test
    void casesAndVariantsWithoutTheirTierAreRefused() {
        refused(ExitCode.USAGE, "leave the cases out", check("--curves", "--update", "table1f"));
        refused(ExitCode.USAGE, "leave the cases out", check("--run", "--update", "table1f"));
        refused(ExitCode.USAGE, "--variant belongs to", check("--variant", "x.csv"));
    }

    @Test
    void cellsThatWereNotMeasuredCannotBeTold() {
        new ResultStore(directory.resolve("reference"))
                .put(List.of(ResultRow.measured("table1a", "depth-1", "ft", 0, 70, "aa", "aa")));
        CommandLineRun run = check();
        assertEquals(ExitCode.CANNOT_TELL.code(), run.code(), run::err);
        assertTrue(run.out().contains("table1a/depth-1 ft"), run::out);
        assertTrue(run.out().contains("not measured"), run::out);
        assertTrue(run.out().contains("verdict: cannot tell"), run::out);
    }

    @Test
    void casesThatAreNamedAreComparedAlone() {
        new ResultStore(directory.resolve("reference"))
                .put(List.of(
                        ResultRow.measured("table1a", "depth-1", "ft", 0, 70, "aa", "aa"),
                        ResultRow.measured("table1f", "block-75", "ft", 0, 70, "bb", "bb")));
        CommandLineRun run = check("table1f/block-75");
        assertTrue(run.out().contains("table1f/block-75 ft"), run::out);
        assertFalse(run.out().contains("table1a/depth-1"), run::out);
        refused(ExitCode.UNKNOWN_TABLE, "did you mean", check("table1f/block-7"));
    }

    @Test
    void theRuleOfMlPerfSaysWhichCellsItCannotTell() {
        new ResultStore(directory.resolve("reference"))
                .put(List.of(ResultRow.measured("table1a", "depth-1", "ft", 0, 70, "aa", "aa")));
        CommandLineRun run = check("--rule", "rcp");
        assertEquals(ExitCode.CANNOT_TELL.code(), run.code(), run::err);
        assertTrue(
                run.out()
                        .contains(
                                "by MLPerf's reference-convergence rule, at the level of 5 % divided by the number of cells\n"),
                run::out);
        assertTrue(run.out().contains("cannot tell convergence table1a/depth-1 ft"), run::out);
        refused(
                ExitCode.USAGE,
                "did you mean table1a/depth-1/ft?",
                check("--rule", "rcp", "--cell", "table1a/depth-2/ft"));
        refused(ExitCode.USAGE, "--cell belongs to --rule rcp", check("--cell", "table1a/depth-1/ft"));
        refused(ExitCode.USAGE, "--rule is gate or rcp, got 'x'", check("--rule", "x"));
    }

    @Test
    void withoutASpeedOfThisKindOfProcessorNothingIsTimedAndNothingCanBeTold() {
        CommandLineRun run = check("--speed");
        assertEquals(ExitCode.CANNOT_TELL.code(), run.code(), run::err);
        assertTrue(run.out().contains("cannot tell speed    all steps"), run::out);
        assertTrue(run.out().contains("mae check --speed --update adds it"), run::out);
        refused(ExitCode.USAGE, "--speed is a check of its own", check("--speed", "--curves"));
    }
}
