package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.workbench.MeasuredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportedSeedsTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void twoSeedsAreMeasured() {
        MeasuredRun.of(MeasuredRun.session(directory, 2), "table1f");
    }

    @Test
    void aReportShowsEverySeedThatTheResultsHold() throws IOException {
        String table = reported();
        assertTrue(table.contains("mean ± half of its 95 % interval, over 2 seeds"), table);
        assertTrue(table.contains("50.5 ± 6.35"), table);
    }

    @Test
    void chosenSeedsAreShownAlone() throws IOException {
        String table = reported("--seeds", "1-1");
        assertTrue(table.contains("one seed"), table);
        assertTrue(table.contains("51.0"), table);
        assertTrue(reported("--set", "seeds=1").contains("one seed"));
    }

    @Test
    void aRunOfTheDefaultSeedReportsThoseOfEarlierRunsToo() throws IOException {
        run("reproduce", "table1f", "--published", directory.toString());
        String table = table();
        assertTrue(table.contains("mean ± half of its 95 % interval, over 2 seeds"), table);
    }

    private String reported(String... options) throws IOException {
        run("report", options);
        return table();
    }

    private void run(String command, String... options) {
        List<String> words = new ArrayList<>(List.of(
                command,
                "--profile",
                "smoke",
                "--precision",
                "fp32",
                "--device",
                "cpu",
                "--output",
                directory.toString()));
        words.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
    }

    private String table() throws IOException {
        return Files.readString(directory.resolve("report").resolve("table1f.md"));
    }
}
