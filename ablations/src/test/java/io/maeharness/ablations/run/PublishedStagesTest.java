package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.plan.Planner;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedStagesTest {
    @TempDir
    Path directory;

    private final Plan plan = TestProfile.plan("table1f/grid-75");

    @Test
    void whatIsPublishedIsNotComputedAgainAndGivesTheSameRows() {
        OutputDirectory whole = measured("whole", plan);
        List<String> heard = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void taken(int stages, String from) {
                heard.add(stages + " from " + from);
            }
        };
        OutputDirectory fresh = output("fresh");
        ResultStore published = published(whole, row -> true, record -> record);
        assertEquals(0, Runs.run(fresh, plan, taking(published), listener).finished());
        assertEquals(whole.results().rows(), fresh.results().rows());
        assertEquals(List.of("3 from published"), heard);
        String key = fresh.results().rows().get(0).provenance();
        assertEquals(
                whole.results().provenance().read(key),
                fresh.results().provenance().read(key));
        assertEquals(Set.of(), StageStates.of(plan, fresh, sources(published)).open());
    }

    @Test
    void aMissingStageBringsThePreTrainingWhoseWeightsItStartsFrom() {
        OutputDirectory whole = measured("whole", plan);
        OutputDirectory tuned = measured("tuned", only("ft"));
        OutputDirectory fresh = output("fresh");
        ResultStore published = published(tuned, row -> true, record -> record);
        assertEquals(
                Set.of("pretrain", "linear-probe", "knn"),
                kinds(StageStates.of(plan, fresh, sources(published)).openStages()));
        assertEquals(
                3, Runs.run(fresh, plan, taking(published), RunListener.SILENT).finished());
        assertEquals(whole.results().rows(), fresh.results().rows());
    }

    @Test
    void rowsOfAPublicationWithoutOutcomesAreEnoughWhereTheyAreAllThatIsAskedFor() {
        OutputDirectory whole = measured("whole", plan);
        ResultStore older = published(whole, row -> true, PublishedStagesTest::withoutOutcome);
        OutputDirectory fresh = output("fresh");
        assertEquals(0, Runs.run(fresh, plan, taking(older), RunListener.SILENT).finished());
        assertEquals(whole.results().rows(), fresh.results().rows());
    }

    @Test
    void aStageOfWhichARowIsMissingIsComputed() {
        OutputDirectory whole = measured("whole", plan);
        ResultStore older =
                published(whole, row -> !row.metric().equals("lin-top5"), PublishedStagesTest::withoutOutcome);
        assertEquals(
                Set.of("pretrain", "linear-probe"),
                kinds(StageStates.of(plan, output("fresh"), sources(older)).openStages()));
    }

    @Test
    void fieldsOfAnotherVersionAreCarriedThrough() {
        OutputDirectory whole = measured("whole", plan);
        ResultStore later = published(whole, row -> true, record -> {
            Map<String, JsonNode> further = new TreeMap<>(record.further());
            further.put("colour", TextNode.valueOf("blue"));
            return new Provenance(
                    record.key(),
                    record.stage(),
                    record.code(),
                    record.data(),
                    record.host(),
                    record.engine(),
                    record.cost(),
                    further);
        });
        OutputDirectory fresh = output("fresh");
        Runs.run(fresh, plan, taking(later), RunListener.SILENT);
        String key = fresh.results().rows().get(0).provenance();
        assertEquals(
                "blue",
                fresh.results()
                        .provenance()
                        .read(key)
                        .orElseThrow()
                        .further()
                        .get("colour")
                        .asText());
    }

    @Test
    void timesOfAnotherProcessorAreNotTaken() {
        Plan timed = TestProfile.plan("table2/own-depth-8");
        OutputDirectory here = measured("here", timed);
        assertEquals(
                Set.of(),
                StageStates.of(timed, output("fresh"), sources(published(here, row -> true, record -> record)))
                        .open());
        ResultStore elsewhere = published(
                here,
                row -> true,
                record -> onHost(record, new Host("17", "a vendor", "an OS", "another processor", 1)));
        assertEquals(
                timed.hashes(),
                StageStates.of(timed, output("fresh"), sources(elsewhere)).open());
    }

    @Test
    void forceComputesWhatIsPublished() {
        ResultStore published = published(measured("whole", plan), row -> true, record -> record);
        RunOptions forced = taking(published).withForce(true);
        assertEquals(
                4, Runs.run(output("fresh"), plan, forced, RunListener.SILENT).finished());
    }

    @Test
    void aFinishedPreTrainingWithoutWeightsIsTrainedAgainForANewEvaluation() throws Exception {
        OutputDirectory output = measured("tuned", only("ft"));
        String pretraining = plan.stages().get(0).hash();
        Files.delete(output.stage(pretraining).resolve("weights.safetensors"));
        assertEquals(0, Runs.run(output, only("ft"), 1).finished());
        assertEquals(3, Runs.run(output, plan, 1).finished());
        assertEquals(measured("whole", plan).results().rows(), output.results().rows());
    }

    @Test
    void aTokenizerWithoutItsModelIsTrainedAgainForThoseThatReadItsWords() throws Exception {
        Plan words = TestProfile.plan("table1d/dvae-token");
        OutputDirectory output = measured("words", words);
        PlannedStage tokenizer = words.stages().get(0);
        PlannedStage pretrain = words.stages().stream()
                .filter(stage -> stage.parent().equals(Optional.of(tokenizer.hash())))
                .findFirst()
                .orElseThrow();
        Files.delete(output.outcome(pretrain.hash()));
        Files.delete(output.stage(pretrain.hash()).resolve("weights.safetensors"));
        PlannedStage last = words.stages().get(words.stages().size() - 1);
        Files.delete(output.outcome(last.hash()));
        assertEquals(
                Set.of(pretrain.hash(), last.hash()),
                StageStates.of(words, output, PublishedStages.NONE).open());
        Files.delete(output.stage(tokenizer.hash()).resolve("encoder.onnx"));
        assertTrue(Files.exists(output.stage(tokenizer.hash()).resolve("weights.safetensors")));
        assertEquals(3, Runs.run(output, words, 1).finished());
    }

    @Test
    void aMissingSnapshotIsMadeAgainWithTheWholePreTraining() throws Exception {
        Plan curve = TestProfile.plan("knn-curve/mae-25");
        OutputDirectory output = measured("curve", curve);
        PlannedStage last = curve.stages().get(curve.stages().size() - 1);
        String pretraining = last.parent().orElseThrow();
        Files.delete(output.outcome(last.hash()));
        assertFalse(Files.exists(output.stage(pretraining).resolve("weights-025.safetensors")), "the fake leaves none");
        assertEquals(
                Set.of(pretraining, last.hash()),
                StageStates.of(curve, output, PublishedStages.NONE).open());
        Path weights = output.stage(pretraining).resolve("weights.safetensors");
        Files.writeString(weights, "those of the first time");
        assertEquals(2, Runs.run(output, curve, 1).finished());
        assertEquals("the weights", Files.readString(weights));
    }

    private static Plan only(String metric) {
        return Planner.plan(
                TestProfile.request(1),
                Selection.of(List.of("table1f/grid-75"), TestProfile.TABLES, TestProfile.settings())
                        .onlyMetrics(List.of(metric)));
    }

    private static Set<String> kinds(List<PlannedStage> stages) {
        return stages.stream().map(stage -> stage.stage().kind()).collect(Collectors.toSet());
    }

    private OutputDirectory output(String name) {
        return new OutputDirectory(directory.resolve(name));
    }

    private OutputDirectory measured(String name, Plan of) {
        OutputDirectory output = output(name);
        Runs.run(output, of, 1);
        return output;
    }

    /** Rows and provenance alone, as a report has them. */
    private ResultStore published(OutputDirectory run, Predicate<ResultRow> rows, UnaryOperator<Provenance> change) {
        ResultStore store = new ResultStore(directory.resolve("published-" + System.nanoTime()));
        store.put(run.results().rows().stream().filter(rows).toList());
        run.results().rows().stream()
                .map(ResultRow::provenance)
                .filter(key -> !key.isEmpty())
                .distinct()
                .flatMap(key -> run.results().provenance().read(key).stream())
                .forEach(record -> store.provenance().write(change.apply(record)));
        return store;
    }

    private static PublishedStages sources(ResultStore store) {
        return new PublishedStages(List.of(new PublishedStages.Source("published", store)));
    }

    private static RunOptions taking(ResultStore store) {
        return RunOptions.onCpu(1).withPublished(sources(store));
    }

    private static Provenance withoutOutcome(Provenance record) {
        return onHost(record, record.host(), Map.of());
    }

    private static Provenance onHost(Provenance record, Host host) {
        return onHost(record, host, record.further());
    }

    private static Provenance onHost(Provenance record, Host host, Map<String, JsonNode> further) {
        return new Provenance(
                record.key(),
                record.stage(),
                record.code(),
                record.data(),
                host,
                record.engine(),
                record.cost(),
                further);
    }
}
