package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.results.Host;
import io.maeharness.results.LossCurve;
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
    void aStageThatFillsDifferentCellsOfTwoRunsWithDifferentValuesNeedsAPreference() throws IOException {
        OutputDirectory here = measured("here", TestProfile.plan("table1f/random-75"));
        ResultStore there = shared("another processor", 1);
        HarnessException refusal =
                assertThrows(HarnessException.class, () -> merge(Optional.empty(), here.root(), there.directory()));
        assertEquals(HarnessException.Kind.USAGE, refusal.kind());
        assertTrue(refusal.getMessage().contains("has not the same values in"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("--prefer RUN"), refusal.getMessage());
        assertFalse(Files.exists(directory.resolve("merged")));
    }

    @Test
    void allOfAStageIsTakenFromOneRun() throws IOException {
        OutputDirectory here = measured("here", TestProfile.plan("table1f/random-75"));
        ResultStore there = shared("another processor", 1);
        OutputDirectory merged = merge(Optional.of(here.root()), here.root(), there.directory());
        assertEquals(List.of(), Runs.rows(merged, "figure5", ResultState.MEASURED));
        assertEquals(
                there.rows().size(),
                Runs.rows(merged, "figure5", ResultState.PENDING).size());
        for (String hash : here.results().stages()) {
            assertEquals(
                    here.results().provenance().read(hash),
                    merged.results().provenance().read(hash));
            assertArrayEquals(Files.readAllBytes(here.outcome(hash)), Files.readAllBytes(merged.outcome(hash)));
        }
        Plan both = TestProfile.plan("table1f/random-75", "figure5/ratio-75");
        assertEquals(0, Runs.run(merged, both, 1).finished());
        assertArrayEquals(bytes(measured("both", both)), bytes(merged));

        OutputDirectory other = merge("other", Optional.of(there.directory()), here.root(), there.directory());
        assertEquals(List.of(), Runs.rows(other, "table1f", ResultState.MEASURED));
        for (String hash : here.results().stages()) {
            assertEquals(
                    there.provenance().read(hash), other.results().provenance().read(hash));
            assertFalse(Files.exists(other.outcome(hash)));
            assertFalse(Files.exists(LossCurve.file(other.results().curves(), hash)));
        }
    }

    @Test
    void aStageThatFillsDifferentCellsOfTwoRunsWithDifferentValuesOfOneProcessorIsAFault() {
        OutputDirectory here = measured("here", TestProfile.plan("table1f/random-75"));
        ResultStore there = shared(Host.current().processor(), 1);
        ResultStoreException fault = assertThrows(
                ResultStoreException.class, () -> merge(Optional.of(here.root()), here.root(), there.directory()));
        assertEquals(ResultStoreException.Kind.CORRUPT, fault.kind());
        assertTrue(fault.getMessage().contains("both on " + Host.current().processor()), fault.getMessage());
    }

    @Test
    void equalValuesOfTwoKindsOfProcessorsAreJoined() {
        OutputDirectory here = measured("here", TestProfile.plan("table1f/random-75"));
        ResultStore there = shared("another processor", 0);
        OutputDirectory merged = merge(Optional.empty(), here.root(), there.directory());
        assertEquals(there.rows(), Runs.rows(merged, "figure5", ResultState.MEASURED));
    }

    @Test
    void theLossesOfAnUnfinishedStageDoNotHideAFinishedOne() throws IOException {
        String hash = WHOLE.stages().get(0).hash();
        ResultStore unfinished = new ResultStore(directory.resolve("unfinished"));
        unfinished.put(List.of());
        Path curve = LossCurve.file(unfinished.curves(), hash);
        Files.createDirectories(curve.getParent());
        Files.writeString(curve, "step,epoch,loss\n");
        OutputDirectory merged = merge(Optional.empty(), unfinished.directory(), first.root(), second.root());
        assertTrue(merged.results().provenance().read(hash).isPresent());
        assertTrue(Files.exists(merged.outcome(hash)));
    }

    /** What another machine measured of the same stages for another table, published without outcomes and curves. */
    private ResultStore shared(String processor, double more) {
        OutputDirectory measured = measured("shared", TestProfile.plan("figure5/ratio-75"));
        ResultStore store = new ResultStore(directory.resolve("published"));
        store.put(measured.results().rows().stream()
                .map(row -> row(row, row.value().orElseThrow() + more, row.stage()))
                .toList());
        for (String hash : measured.results().stages()) {
            Provenance record = measured.results().provenance().read(hash).orElseThrow();
            ObjectNode outcome = (ObjectNode) record.outcome().orElseThrow();
            ObjectNode metrics = (ObjectNode) outcome.get("metrics");
            List.copyOf(metrics.properties())
                    .forEach(metric ->
                            metrics.put(metric.getKey(), metric.getValue().asDouble() + more));
            store.provenance()
                    .write(new Provenance(
                                    record.key(),
                                    record.stage(),
                                    record.code(),
                                    record.data(),
                                    new Host("17", "a vendor", "an OS", processor, 4),
                                    record.engine(),
                                    record.cost())
                            .withOutcome(outcome));
        }
        return store;
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
        return merge("merged", preferred, runs);
    }

    private OutputDirectory merge(String name, Optional<Path> preferred, Path... runs) {
        OutputDirectory merged = new OutputDirectory(directory.resolve(name));
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
