package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    private Path directory;

    @Test
    void helpNamesEveryCommand() {
        String help = CommandLineRun.of("help").out();
        for (String command : new String[] {
            "reproduce",
            "run",
            "list",
            "plan",
            "report",
            "visualize",
            "import",
            "claims",
            "check",
            "replay",
            "diff",
            "merge",
            "prune",
            "export",
            "evaluate",
            "bench",
            "doctor"
        }) {
            assertTrue(help.contains("  " + command + " "), help);
        }
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertTrue(CommandLineRun.of("--version").out().startsWith("mae "));
    }

    @Test
    void listShowsProfilesTablesAndCases() {
        CommandLineRun run = CommandLineRun.of("list", "--profile", "smoke", "--output", directory.toString());
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("imagenet"), run.out());
        assertTrue(run.out().contains("* table1f"), run.out());
        assertTrue(run.out().contains("block-75"), run.out());
    }

    @Test
    void planCountsSharedStagesOnce() {
        CommandLineRun run = CommandLineRun.of(
                "plan",
                "table1a",
                "table1b",
                "--profile",
                "smoke",
                "--no-calibration",
                "--output",
                directory.toString());
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("pretrain          9 stages for   10 uses, 9 to run"), run.out());
    }

    @Test
    void reportRendersWhatIsPending() {
        CommandLineRun run =
                CommandLineRun.of("report", "table1f", "--profile", "smoke", "--output", directory.toString());
        assertEquals(0, run.code(), run.err());
        assertTrue(Files.isRegularFile(directory.resolve("report").resolve("index.html")));
    }
}
