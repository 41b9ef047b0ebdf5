package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import io.maeharness.results.ResultStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMergeTest {
    private static final Plan WHOLE = TestProfile.plan("table1f/grid-75", "table1f/block-75");

    @TempDir
    Path directory;

    private OutputDirectory first;
    private OutputDirectory second;

    @BeforeEach
    void runTwoHalves() {
        first = measured("first", TestProfile.plan("table1f/grid-75"));
        second = measured("second", TestProfile.plan("table1f/block-75"));
    }

    @Test
    void twoHalvesGiveTheWholeByteForByteAndAgainTheSame() throws IOException {
        OutputDirectory whole = measured("whole", WHOLE);
        OutputDirectory merged = merge(Optional.empty(), first.root(), second.root());
        assertArrayEquals(bytes(whole), bytes(merged));
        merge(Optional.empty(), second.root(), first.root());
        assertArrayEquals(bytes(whole), bytes(merged));
        assertEquals(whole.results().stages(), merged.results().stages());
    }

    @Test
    void aMergedDirectoryNeedsNothingToBeRunAgain() {
        OutputDirectory merged = merge(Optional.empty(), first.root(), second.root());
        assertEquals(0, Runs.run(merged, WHOLE, 1).finished());
        assertFalse(Files.exists(merged.stage(WHOLE.stages().get(0).hash()).resolve("weights.safetensors")));
    }

    @Test
    void thePlaceOfAReasonIsTakenByAValue() {
        ResultRow row = first.results().rows().get(0);
        ResultStore pending = new ResultStore(directory.resolve("pending"));
        pending.put(List.of(ResultRow.missing(
                row.table(),
                row.caseKey(),
                row.metric(),
                row.seed(),
                ResultState.PENDING,
                row.stage(),
                "not run yet")));
        OutputDirectory merged = merge(Optional.empty(), pending.directory(), first.root());
        assertEquals(first.results().rows(), merged.results().rows());
    }

    @Test
    void anotherStageOfTheSameCellAndSeedIsRefused() {
        ResultStore other = changed(row -> row(row, row.value().orElseThrow(), "0123456789abcdef0123"), host -> host);
        HarnessException refusal =
                assertThrows(HarnessException.class, () -> merge(Optional.empty(), first.root(), other.directory()));
        assertEquals(HarnessException.Kind.USAGE, refusal.kind());
        assertTrue(refusal.getMessage().contains("so of another configuration"), refusal.getMessage());
        assertFalse(Files.exists(directory.resolve("merged")));
    }

    @Test
    void anotherValueOfTheSameStageOnTheSameProcessorIsAFault() {
        ResultStore other = changed(row -> row(row, 1, row.stage()), host -> host);
        ResultStoreException fault = assertThrows(
                ResultStoreException.class, () -> merge(Optional.of(first.root()), first.root(), other.directory()));
        assertEquals(ResultStoreException.Kind.CORRUPT, fault.kind());
        assertTrue(fault.getMessage().contains("one of them is faulty"), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
    }

    @Test
    void anotherValueOfAnotherProcessorNeedsAPreference() {
        ResultStore other = changed(
                row -> row(row, 1, row.stage()), host -> new Host("17", "a vendor", "an OS", "another processor", 4));
        HarnessException refusal =
                assertThrows(HarnessException.class, () -> merge(Optional.empty(), first.root(), other.directory()));
        assertTrue(refusal.getMessage().contains("--prefer RUN"), refusal.getMessage());
        OutputDirectory merged = merge(Optional.of(other.directory()), first.root(), other.directory());
        assertTrue(merged.results().rows().stream().allMatch(row -> row.value().orElseThrow() == 1));
        String key = merged.results().rows().get(0).provenance();
        assertEquals(
                "another processor",
                merged.results().provenance().read(key).orElseThrow().host().processor());
        assertFalse(
                Files.exists(merged.outcome(merged.results().rows().get(0).stage())),
                "an outcome of the other run would undo the preference");
    }

    @Test
    void aPreferenceForNoneOfTheRunsIsRefused() {
        HarnessException refusal = assertThrows(
                HarnessException.class, () -> merge(Optional.of(Path.of("elsewhere")), first.root(), second.root()));
        assertTrue(refusal.getMessage().contains("--prefer elsewhere is none of the runs"), refusal.getMessage());
    }

    private OutputDirectory measured(String name, Plan plan) {
        OutputDirectory output = new OutputDirectory(directory.resolve(name));
        Runs.run(output, plan, 1);
        return output;
    }

    private OutputDirectory merge(Optional<Path> preferred, Path... runs) {
        OutputDirectory merged = new OutputDirectory(directory.resolve("merged"));
        new RunMerge(List.of(runs), preferred, merged).run();
        return merged;
    }

    /** The first half's results, changed. */
    private ResultStore changed(UnaryOperator<ResultRow> rows, UnaryOperator<Host> hosts) {
        ResultStore store = new ResultStore(directory.resolve("changed"));
        store.put(first.results().rows().stream().map(rows).toList());
        first.results()
                .stages()
                .forEach(key -> first.results().provenance().read(key).ifPresent(record -> store.provenance()
                        .write(new Provenance(
                                record.key(),
                                record.stage(),
                                record.code(),
                                record.data(),
                                hosts.apply(record.host()),
                                record.engine(),
                                record.cost()))));
        return store;
    }

    private static ResultRow row(ResultRow row, double value, String stage) {
        return ResultRow.measured(row.table(), row.caseKey(), row.metric(), row.seed(), value, stage, row.provenance());
    }

    private static byte[] bytes(OutputDirectory output) throws IOException {
        return Files.readAllBytes(output.results().file());
    }
}
