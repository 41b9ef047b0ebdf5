package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.maeharness.results.ResultStoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultStoreTest {

    private static final List<ResultRow> ROWS = List.of(
            ResultRow.measured("table1a", "depth-1", "ft", 0, 71.25, "s1", "s1"),
            ResultRow.measured("table1a", "depth-1", "ft", 1, 71.5, "s2", "s2"),
            ResultRow.measured("table1a", "depth-1", "lin", 0, 0.1 + 0.2, "s3", "s3"),
            ResultRow.missing("table1a", "depth-8", "ft", 0, ResultState.FAILED, "s4", "loss is NaN, at \"step\" 7"),
            ResultRow.missing("table1d", "dvae-token", "ft", 0, ResultState.PENDING, "", "no tokenizer yet"),
            ResultRow.missing("table2", "vit-h", "hours", 0, ResultState.SKIPPED, "s5", "übersprungen"));

    @TempDir
    Path directory;

    @Test
    void aNewStoreHasNoRows() {
        assertEquals(List.of(), new ResultStore(directory.resolve("new")).rows());
    }

    @Test
    void rowsComeBackAsTheyWerePut() {
        var store = new ResultStore(directory.resolve("a/b"));
        store.put(ROWS);
        assertEquals(ROWS, store.rows());
    }

    @Test
    void theFileIsTheSameWhateverTheOrderOfArrival() throws IOException {
        var reference = new ResultStore(directory.resolve("sorted"));
        reference.put(ROWS);
        for (int seed = 0; seed < 5; seed++) {
            List<ResultRow> shuffled = new ArrayList<>(ROWS);
            Collections.shuffle(shuffled, new Random(seed));
            var store = new ResultStore(directory.resolve("shuffled-" + seed));
            shuffled.forEach(row -> store.put(List.of(row)));
            assertArrayEquals(Files.readAllBytes(reference.file()), Files.readAllBytes(store.file()));
        }
    }

    @Test
    void aRowReplacesTheRowOfTheSameCellSeedAndStage() {
        var store = new ResultStore(directory);
        store.put(ROWS);
        var again = ResultRow.measured("table1a", "depth-8", "ft", 0, 70, "s4", "s4");
        store.put(List.of(again));
        assertEquals(ROWS.size(), store.rows().size());
        assertTrue(store.rows().contains(again));
    }

    @Test
    void aRowOfAnotherStageStandsBesideTheOldOne() {
        var store = new ResultStore(directory);
        store.put(ROWS);
        var other = ResultRow.measured("table1a", "depth-1", "ft", 0, 70, "s9", "s9");
        store.put(List.of(other));
        assertTrue(store.rows().containsAll(List.of(other, ROWS.get(0))));
        assertFalse(store.rowsOf(Set.of("s9")).contains(ROWS.get(0)));
        assertTrue(store.rowsOf(Set.of("s9")).contains(ROWS.get(4)), "rows without a stage belong to every plan");
    }

    @Test
    void nothingIsLeftBesideTheFile() throws IOException {
        new ResultStore(directory).put(ROWS);
        try (var files = Files.list(directory)) {
            assertEquals(List.of(directory.resolve("results.csv")), files.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "table,case\n",
                "%stable1a,depth-1,ft,0,71.2",
                "%stable1a,depth-1,ft,0,71.25\n",
                "%stable1a,depth-1,ft,zero,71.25,measured,s1,s1,\n",
                "%stable1a,depth-1,ft,0,NaN,measured,s1,s1,\n",
                "%stable1a,depth-1,ft,0,71.25,done,s1,s1,\n",
                "%stable1a,\"depth-1,ft,0,71.25,measured,s1,s1,\n",
                "%stable1a,d,ft,0,1,measured,s,s,\ntable1a,d,ft,0,2,measured,s,s,\n"
            })
    void aDamagedFileIsRefusedOnOneLineAndKept(String damaged) throws IOException {
        String text = damaged.replace("%s", String.join(",", ResultCsv.HEADER) + "\n");
        var store = new ResultStore(directory);
        Files.writeString(store.file(), text);
        var error = assertThrows(ResultStoreException.class, () -> store.put(ROWS));
        assertEquals(Kind.CORRUPT, error.kind());
        assertTrue(error.getMessage().startsWith(store.file().toString()), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
        assertEquals(text, Files.readString(store.file()));
    }

    @Test
    void bytesThatAreNoTextAreCorrupt() throws IOException {
        var store = new ResultStore(directory);
        Files.write(store.file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 10});
        assertEquals(
                Kind.CORRUPT,
                assertThrows(ResultStoreException.class, store::rows).kind());
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsOneClearLine() throws IOException {
        Path file = Files.writeString(directory.resolve("taken"), "mine");
        var error = assertThrows(ResultStoreException.class, () -> new ResultStore(file).put(ROWS));
        assertEquals(Kind.IO, error.kind());
        assertEquals(1, error.getMessage().lines().count());
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void aReadOnlyDirectoryLeavesTheOldFile() throws IOException {
        var store = new ResultStore(directory.resolve("locked"));
        store.put(ROWS.subList(0, 1));
        Files.setPosixFilePermissions(store.directory(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(store.directory()), "this user may write read-only directories (root)");
            var error = assertThrows(ResultStoreException.class, () -> store.put(ROWS));
            assertEquals(Kind.READ_ONLY, error.kind());
            assertEquals(ROWS.subList(0, 1), store.rows());
        } finally {
            Files.setPosixFilePermissions(store.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aStoreIsCompletedByTheRowsRecordsAndCurvesItLacks() throws IOException {
        var store = new ResultStore(directory.resolve("own"));
        var other = new ResultStore(directory.resolve("other"));
        store.put(ROWS.subList(0, 2));
        other.put(ROWS.subList(2, 6));
        Files.createDirectories(other.curves());
        Files.writeString(other.curves().resolve("s3.csv"), "curve");
        Path record = other.provenance().file("s3");
        Files.createDirectories(record.getParent());
        Files.writeString(record, "record");
        store.complete(other);
        assertEquals(ROWS, store.rows());
        assertEquals("curve", Files.readString(store.curves().resolve("s3.csv")));
        assertEquals("record", Files.readString(store.provenance().file("s3")));
        assertEquals(ROWS.subList(2, 6), other.rows());
    }

    @Test
    void aMeasuredValueCompletesAReasonAndNeverTheOtherWayRound() {
        var measured = ResultRow.measured("table1a", "depth-8", "ft", 0, 70, "s4", "s4");
        for (boolean ownIsMeasured : new boolean[] {true, false}) {
            var store = new ResultStore(directory.resolve("own-" + ownIsMeasured));
            var other = new ResultStore(directory.resolve("other-" + ownIsMeasured));
            store.put(List.of(ownIsMeasured ? measured : ROWS.get(3)));
            other.put(List.of(ownIsMeasured ? ROWS.get(3) : measured));
            store.complete(other);
            assertEquals(List.of(measured), store.rows());
        }
    }

    @Test
    void whatBothHaveMeasuredStaysAsItWas() throws IOException {
        var store = new ResultStore(directory.resolve("own"));
        var other = new ResultStore(directory.resolve("other"));
        store.put(ROWS.subList(0, 1));
        other.put(List.of(ResultRow.measured("table1a", "depth-1", "ft", 0, 60, "s1", "s1")));
        record(store, "ours");
        record(other, "theirs, and a longer record");
        store.complete(other);
        assertEquals(ROWS.subList(0, 1), store.rows());
        assertEquals("ours", Files.readString(store.provenance().file("s1")));
    }

    @Test
    void aValueThatIsTakenOverBringsItsRecord() throws IOException {
        var store = new ResultStore(directory.resolve("own"));
        var other = new ResultStore(directory.resolve("other"));
        store.put(List.of(ResultRow.missing("table1a", "depth-1", "ft", 0, ResultState.FAILED, "s1", "out of memory")));
        other.put(ROWS.subList(0, 1));
        record(store, "ours");
        record(other, "theirs");
        store.complete(other);
        assertEquals(ROWS.subList(0, 1), store.rows());
        assertEquals("theirs", Files.readString(store.provenance().file("s1")));
    }

    private static void record(ResultStore store, String text) throws IOException {
        Path file = store.provenance().file("s1");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aCurveThatWasCutOffIsCompletedByTheLongerOne() throws IOException {
        var store = new ResultStore(directory.resolve("own"));
        var other = new ResultStore(directory.resolve("other"));
        for (var half : List.of(store, other)) {
            Files.createDirectories(half.curves());
        }
        Files.writeString(store.curves().resolve("s1.csv"), "1\n");
        Files.writeString(other.curves().resolve("s1.csv"), "1\n2\n");
        store.complete(other);
        assertEquals("1\n2\n", Files.readString(store.curves().resolve("s1.csv")));
    }
}
