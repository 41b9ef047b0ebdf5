package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.replay.CodeDigest;
import io.maeharness.results.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny case of the bundled images, computed and computed again by real workers. */
class ReplayCommandTest {
    private static final String CELL = "table1f/block-75/knn";
    private static final String MARKER = "replay.txt";

    @TempDir
    private static Path measured;

    @TempDir
    private static Path replayed;

    private static CommandLineRun first;

    @TempDir
    private Path directory;

    @BeforeAll
    static void computesOnceAndOnceAgain() {
        CommandLineRun run = CommandLineRun.of(
                "reproduce",
                "table1f/block-75",
                "--metrics",
                "knn",
                "--profile",
                "smoke",
                "--precision",
                "fp32",
                "--workers",
                "1",
                "--output",
                measured.toString());
        assertEquals(0, run.code(), run.out() + run.err());
        first = replay(measured, replayed.resolve("kept"));
    }

    private static CommandLineRun replay(Path published, Path output) {
        return CommandLineRun.of(
                "replay",
                CELL,
                "--profile",
                "smoke",
                "--workers",
                "1",
                "--keep",
                "--published",
                published.toString(),
                "--output",
                output.toString());
    }

    @Test
    void theSameCodeComputesTheSameBits() {
        assertEquals(ExitCode.OK.code(), first.code(), first.out() + first.err());
        assertTrue(first.out().contains("2 stages run in "), first.out());
        assertTrue(first.out().contains("draws              masks equal, order equal, weights equal"), first.out());
        assertTrue(first.out().contains("replay: identical, 2 values and 256 answers in 2 stages"), first.out());
        assertFalse(first.out().contains("results.csv"), first.out());
    }

    @Test
    void anAlteredRecordIsNamedAsADifference() throws IOException {
        Path altered = copy(measured, "altered");
        ResultStore store = new ResultStore(altered);
        Path record = store.provenance()
                .file(store.rows().stream()
                        .filter(row -> row.metric().equals("knn"))
                        .findFirst()
                        .orElseThrow()
                        .provenance());
        Files.writeString(record, Files.readString(record).replaceFirst("\"top1\" : [0-9.]+", "\"top1\" : 12.5"));
        CommandLineRun run = replay(altered, interrupted(CodeDigest.current()));
        assertEquals(ExitCode.REPLAY_DIFFERS.code(), run.code(), run.out() + run.err());
        assertTrue(run.out().contains("  top1               12.5 published, "), run.out());
        assertTrue(run.out().contains("replay: differs: 1 of 2 values"), run.out());
    }

    @Test
    void anAlteredRowIsNamedWithItsCell() throws IOException {
        Path altered = copy(measured, "altered");
        Path rows = altered.resolve(ResultStore.FILE_NAME);
        Files.writeString(rows, Files.readString(rows).replaceFirst("(block-75,knn,0),[0-9.]+", "$1,99"));
        CommandLineRun run = replay(altered, interrupted(CodeDigest.current()));
        assertEquals(ExitCode.REPLAY_DIFFERS.code(), run.code(), run.out() + run.err());
        assertTrue(run.out().contains("the row table1f/block-75 knn has another value than its own record"), run.out());
    }

    @Test
    void whatTheSameCodeLeftIsGoneOnWith() throws IOException {
        CommandLineRun run = replay(measured, interrupted(CodeDigest.current()));
        assertEquals(ExitCode.OK.code(), run.code(), run.out() + run.err());
        assertTrue(run.out().contains("0 stages run"), run.out());
    }

    @Test
    void whatOtherCodeLeftIsComputedAnew() throws IOException {
        CommandLineRun run = replay(measured, interrupted("of another version"));
        assertEquals(ExitCode.OK.code(), run.code(), run.out() + run.err());
        assertTrue(run.out().contains("stages that other code had computed: starting anew"), run.out());
        assertTrue(run.out().contains("2 stages run"), run.out());
    }

    /** The finished replay, as if it had been interrupted before its comparison. */
    private Path interrupted(String code) throws IOException {
        Path output = copy(replayed.resolve("kept"), "interrupted");
        Path marker = output.resolve(MARKER);
        String what = Files.readString(marker).strip().replace(" (finished)", "");
        Files.writeString(marker, what + "\ncomputed by code " + code + "\n");
        return output;
    }

    private Path copy(Path from, String name) throws IOException {
        Path to = directory.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }
}
