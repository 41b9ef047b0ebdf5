package io.maeharness.workbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.run.PublishedStages;
import io.maeharness.ablations.run.StageStates;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.supervised.FinetuneStage;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import io.maeharness.workbench.Compute;
import io.maeharness.workbench.MeasuredRun;
import io.maeharness.workbench.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
    @TempDir
    private Path root;

    private Publication publication;

    @BeforeEach
    void nothingIsPublished() {
        publication = new Publication(root.resolve("published"), false);
    }

    @Test
    void aTableMeasuredElsewhereIsAddedToThoseThatArePublished() throws IOException {
        publish(measured("first", "table1a"));
        publish(measured("second", "table1f"));
        assertEquals(Set.of("table1a", "table1f"), publishedTables());
        assertTrue(Files.exists(root.resolve("published/table1a.md")));
        assertTrue(Files.readString(root.resolve("published/index.html")).contains("Table 1f"));
    }

    @Test
    void whatIsNoLongerOfTheConfigurationGoes() throws IOException {
        publish(measured("first", "table1a"));
        ResultStore published = new ResultStore(root.resolve("published/data"));
        published.put(List.of(ResultRow.measured("table1a", "depth-1", "ft", 0, 1, "0123456789abcdef0123", "")));
        Path stale = Files.writeString(root.resolve("published/plots/old.svg"), "<svg/>");
        publish(measured("second", "table1f"));
        assertFalse(published.rows().stream().anyMatch(row -> row.stage().equals("0123456789abcdef0123")));
        assertFalse(Files.exists(stale));
    }

    @Test
    void publishedValuesThatTheOptionsDoNotShowAreNotLost() throws IOException {
        publish(measured("first", "table1a"));
        ResultStore published = new ResultStore(root.resolve("published/data"));
        ResultRow seed1 = ResultRow.measured("table1a", "depth-1", "ft", 1, 51, "0123456789abcdef0123", "");
        published.put(List.of(seed1));
        String page = Files.readString(root.resolve("published/index.html"));
        Session second = measured("second", "table1f");
        HarnessException refusal = assertThrows(HarnessException.class, () -> publish(second));
        assertEquals(Kind.USAGE, refusal.kind());
        assertTrue(
                refusal.getMessage()
                        .contains("1 published values would go (table1a/depth-1 of seed 1); give the options"),
                refusal.getMessage());
        assertTrue(published.rows().contains(seed1));
        assertEquals(page, Files.readString(root.resolve("published/index.html")));

        publication = new Publication(root.resolve("published"), true);
        publish(second);
        assertFalse(published.rows().contains(seed1));
        assertEquals(Set.of("table1a", "table1f"), publishedTables());
    }

    @Test
    void valuesOfAnEarlierDefinitionStayAndAreMarkedUntilThereAreNewOnes() throws IOException {
        Session session = session("old");
        putOfVersion0(session, "table1a", 61);
        publish(session);
        String table = Files.readString(root.resolve("published/table1a.md"));
        assertTrue(table.contains("*61.0 (earlier definition)*"), table);
        assertTrue(table.contains("measured by an earlier definition of the stage"), table);
        assertEquals(Set.of("table1a"), publishedTables());

        publish(measured("new", "table1a"));
        String renewed = Files.readString(root.resolve("published/table1a.md"));
        assertFalse(renewed.contains("earlier definition"), renewed);
        assertTrue(new ResultStore(root.resolve("published/data"))
                .rows().stream().noneMatch(row -> row.value().orElse(0) == 61));
    }

    @Test
    void seedsOfAnEarlierDefinitionAreNotCountedBesideThoseOfTodays() throws IOException {
        Session old = session("old").withSeeds(2);
        putOfVersion0(old, "table1a", 61);
        publish(old);
        assertTrue(page().contains("seeds</dt><dd>2<"), page());

        publish(measured("new", "table1f").withSeeds(2));
        assertTrue(page().contains("(earlier definition)"), page());
        assertTrue(page().contains("seeds</dt><dd>1<"), page());
    }

    private String page() throws IOException {
        return Files.readString(root.resolve("published/index.html"));
    }

    /** Rows of the cells of a table with the provenance of stages whose version was 0. */
    private static void putOfVersion0(Session session, String table, double value) throws IOException {
        Plan plan = session.plan(session.selection(List.of(table)));
        ResultStore store = session.output().results();
        for (PlannedCell cell : plan.cells()) {
            if (cell instanceof PlannedCell.Measured) {
                Stage stage = plan.stage(cell.stage()).orElseThrow().stage();
                String hash = (cell.stage().startsWith("0") ? "1" : "0")
                        + cell.stage().substring(1);
                store.provenance()
                        .write(new Provenance(
                                hash,
                                new Provenance.Stage(stage.kind(), hash, stage.seed(), ofVersion0(stage)),
                                new Provenance.Code("0.1.0", "abcdef0", false),
                                new Provenance.Data("bundled", "sha256:00"),
                                new Host("17", "a vendor", "an OS", "a processor", 2),
                                new Provenance.Engine("0", "PyTorch", "2", "cpu", "fp32"),
                                new Provenance.Cost(Instant.EPOCH, 1, 1, 1)));
                store.put(List.of(ResultRow.measured(
                        cell.key().table(),
                        cell.key().caseKey(),
                        cell.key().metric(),
                        cell.seed(),
                        value,
                        hash,
                        hash)));
            }
        }
    }

    @Test
    void whatFollowsFromTheConfigurationIsComputedAnewAndNeverLost() {
        Session first = MeasuredRun.session(root.resolve("first"), 1);
        Plan plan = MeasuredRun.of(first, "table3");
        List<PlannedCell.Computed> computed = plan.cells().stream()
                .filter(PlannedCell.Computed.class::isInstance)
                .map(PlannedCell.Computed.class::cast)
                .toList();
        PlannedCell.Computed ofTheSameStage = computed.get(0);
        PlannedCell.Computed ofAnother = computed.get(1);
        first.output()
                .results()
                .put(List.of(
                        computed(ofTheSameStage, 1, ofTheSameStage.stage()),
                        computed(ofAnother, 1, "0123456789abcdef0123")));
        publish(first);
        assertEquals(expected(ofTheSameStage, ofAnother), publishedComputed());

        ResultStore published = new ResultStore(root.resolve("published/data"));
        published.put(List.of(computed(ofAnother, 1, "0123456789abcdef0123")));
        publish(measured("second", "table1f"));
        assertEquals(expected(ofTheSameStage, ofAnother), publishedComputed());
    }

    private static ResultRow computed(PlannedCell.Computed cell, double value, String stage) {
        return ResultRow.measured(
                cell.key().table(), cell.key().caseKey(), cell.key().metric(), cell.seed(), value, stage, "");
    }

    private static Set<ResultRow> expected(PlannedCell.Computed... cells) {
        return Stream.of(cells)
                .map(cell -> computed(cell, cell.number(), cell.stage()))
                .collect(Collectors.toSet());
    }

    private Set<ResultRow> publishedComputed() {
        return new ResultStore(root.resolve("published/data"))
                .rows().stream()
                        .filter(row -> row.table().equals("table3")
                                && row.state() == ResultState.MEASURED
                                && row.provenance().isEmpty())
                        .collect(Collectors.toSet());
    }

    @Test
    void valuesOfOneStageAreNeverOfTwoMachines() {
        Session first = MeasuredRun.session(root.resolve("first"), 1);
        MeasuredRun.of(first, "table1f");
        publish(first);
        Session second = MeasuredRun.session(root.resolve("second"), 1);
        MeasuredRun.of(second, "figure5", "another processor", 60);
        HarnessException refusal = assertThrows(HarnessException.class, () -> publish(second));
        assertTrue(refusal.getMessage().contains("(table1f/random-75 of seed 0), as this run"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("run ./mae reproduce table1f here first"), refusal.getMessage());

        MeasuredRun.of(second, "table1f", "another processor", 60);
        publish(second);
        assertEquals(
                Set.of(60.0),
                new ResultStore(root.resolve("published/data"))
                        .rows().stream()
                                .filter(row -> row.caseKey().equals("random-75")
                                        || row.caseKey().equals("ratio-75"))
                                .flatMap(row -> row.value().stream().boxed())
                                .collect(Collectors.toSet()));
    }

    @Test
    void aFreshCloneKnowsEveryStageOfEverySeedThatIsPublished() {
        Session two = MeasuredRun.session(root.resolve("two"), 2);
        Plan plan = MeasuredRun.of(two, "table3");
        publish(two);
        ResultStore published = new ResultStore(root.resolve("published/data"));
        Session clone = MeasuredRun.session(root.resolve("clone"), 2)
                .with(new PublishedStages(List.of(new PublishedStages.Source("published", published))));
        StageStates states = clone.states(plan);
        assertEquals(plan.hashes(), states.taken().keySet());
        assertEquals(List.of(), states.openStages());
        assertTrue(plan.stages().stream()
                .anyMatch(stage ->
                        stage.stage() instanceof TokenizerStage && stage.stage().seed() == 1));
        for (String hash : plan.hashes()) {
            assertEquals(
                    two.output().results().provenance().read(hash),
                    published.provenance().read(hash));
        }
    }

    @Test
    void whatValuesOfAnEarlierDefinitionStartedFromStaysToo() throws IOException {
        Session session = session("old");
        putOfVersion0(session, "table1a", 61);
        FinetuneStage tuned = session.plan(session.selection(List.of("table1a"))).stages().stream()
                .map(PlannedStage::stage)
                .filter(FinetuneStage.class::isInstance)
                .map(FinetuneStage.class::cast)
                .findFirst()
                .orElseThrow();
        String pretraining = StageHash.ofJson(ofVersion0(tuned).get("encoder").toString());
        session.output()
                .results()
                .provenance()
                .write(MeasuredRun.provenance(pretraining, tuned.encoder().orElseThrow(), "a processor", 50));
        publish(session);
        assertTrue(new ResultStore(root.resolve("published/data"))
                .provenance()
                .read(pretraining)
                .isPresent());
    }

    private static ObjectNode ofVersion0(Stage stage) throws IOException {
        ObjectNode configuration = (ObjectNode) new ObjectMapper().readTree(StageHash.toJson(stage));
        if (configuration.get("encoder") instanceof ObjectNode encoder) {
            encoder.put("version", 0);
        }
        return configuration.put("version", 0);
    }

    @Test
    void whatAKilledPublicationHadSetAsideComesBack() throws IOException {
        publish(measured("first", "table1a"));
        Files.move(root.resolve("published"), root.resolve(".published.old"));
        publish(measured("second", "table1f"));
        assertEquals(Set.of("table1a", "table1f"), publishedTables());
        assertFalse(Files.exists(root.resolve(".published.old")));
    }

    @Test
    void nothingIsLeftBesideWhatIsPublished() throws IOException {
        publish(measured("first", "table1a"));
        try (var files = Files.list(root)) {
            assertEquals(
                    Set.of("first", "published"),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    /** A run directory in which a table's measured cells have a number each. */
    private Session measured(String name, String table) {
        Session session = session(name);
        session.output()
                .results()
                .put(session.plan(session.selection(List.of(table))).cells().stream()
                        .filter(PlannedCell.Measured.class::isInstance)
                        .map(cell -> ResultRow.measured(
                                cell.key().table(),
                                cell.key().caseKey(),
                                cell.key().metric(),
                                cell.seed(),
                                50,
                                cell.stage(),
                                ""))
                        .toList());
        return session;
    }

    private Session session(String name) {
        return new Session(
                ProfileLoader.load("smoke"),
                new Compute(List.of("cpu"), Precision.FP32, 1, true),
                Optional.empty(),
                root.resolve(name));
    }

    private void publish(Session session) {
        publication.add(new ReportWriter(session, session.plan(session.selection(List.of()))), session.output());
    }

    private Set<String> publishedTables() {
        return new ResultStore(root.resolve("published/data"))
                .rows().stream()
                        .filter(row -> row.state() == ResultState.MEASURED)
                        .map(ResultRow::table)
                        .filter(table -> !table.equals("figure5"))
                        .collect(Collectors.toSet());
    }
}
