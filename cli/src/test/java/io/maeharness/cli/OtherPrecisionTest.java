package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.stage.Precision;
import io.maeharness.workbench.MeasuredRun;
import io.maeharness.workbench.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherPrecisionTest {
    private static final String SAID =
            "published values of 16 stages are in bf16 and this run computes in fp32: they do"
                    + " not count as done (--precision bf16 takes them)";

    @TempDir
    private Path directory;

    @BeforeEach
    void aTableIsPublishedInBf16() {
        Session session = MeasuredRun.session(directory.resolve("published"), 1).in(Precision.BF16);
        assertEquals(16, MeasuredRun.of(session, "table1f").stages().size());
    }

    @Test
    void aPlanInAnotherPrecisionSaysWhyNothingIsDone() {
        String out = plan("--precision", "fp32", "--published", published());
        assertTrue(out.lines().anyMatch(SAID::equals), out);
    }

    @Test
    void aPlanInTheSamePrecisionOrOfNothingPublishedDoesNot() {
        assertFalse(plan("--precision", "bf16", "--published", published()).contains("published values of"));
        assertFalse(plan("--precision", "fp32", "--fresh").contains("published values of"));
    }

    @Test
    void whatIsDoneHereNeedsNothingPublished() {
        MeasuredRun.of(MeasuredRun.session(directory.resolve("here"), 1), "table1f");
        String out = plan(
                "--precision",
                "fp32",
                "--published",
                published(),
                "--published",
                directory.resolve("here").toString());
        assertFalse(out.contains("published values of"), out);
    }

    private String published() {
        return directory.resolve("published").toString();
    }

    private String plan(String... options) {
        List<String> words = new ArrayList<>(List.of(
                "plan",
                "table1f",
                "--no-calibration",
                "--profile",
                "smoke",
                "--device",
                "cpu",
                "--output",
                directory.resolve("run").toString()));
        words.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
        return run.out();
    }
}
