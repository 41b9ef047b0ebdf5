package io.maeharness.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.worker.StageRecord;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stage of an export is called. */
class StageSelectorTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @TempDir
    private static Path output;

    private static Session session;

    @BeforeAll
    static void finishTwoCases() throws IOException {
        session = new Session(
                ProfileLoader.load("smoke"),
                new Compute(List.of("cpu"), Precision.FP32, 1, true),
                Optional.empty(),
                output);
        for (PlannedStage stage : session.plan(session.selection(
                        List.of("context/mae", "table3/mae", "table3/scratch", "table3/scratch-without-ema")))
                .stages()) {
            finish(stage);
        }
    }

    /** Leaves the record of a finished stage, as a worker does. */
    private static void finish(PlannedStage planned) throws IOException {
        Stage stage = planned.stage();
        Map<String, Double> metrics = stage.metrics().stream().collect(Collectors.toMap(name -> name, name -> 50.0));
        JsonNode configuration = JSON.readTree(StageHash.toJson(stage));
        StageRecord record = new StageRecord(
                new StageOutcome(metrics, 0, 0, 0, Map.of()),
                new Provenance(
                        planned.hash(),
                        new Provenance.Stage(stage.kind(), planned.hash(), stage.seed(), configuration),
                        new Provenance.Code("test", "unknown", false),
                        new Provenance.Data("bundled", stage.data().digest()),
                        Host.current(),
                        new Provenance.Engine("", "", "", "cpu", "fp32"),
                        new Provenance.Cost(Instant.EPOCH, 0, 0, 0)));
        Path file = session.output().outcome(planned.hash());
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writeValueAsString(record));
    }

    @ParameterizedTest
    @CsvSource({
        "context/mae, finetune",
        "context/mae:finetune, finetune",
        "context/mae:ft, finetune",
        "context/mae:probe, linear-probe",
        "context/mae:lin, linear-probe",
        "context/mae:pretrain, pretrain",
        "context/mae:encoder, pretrain",
        "context/mae:knn, knn",
        "table3/mae:vit-l, finetune",
        "table3/mae:vit-l:pretrain, pretrain"
    })
    void aCaseAColumnAndAKindNameAStage(String selector, String kind) {
        assertEquals(kind, find(selector).kind());
    }

    @Test
    void weightsThatAreNotKeptAreNotTakenForTheirAverage() {
        assertEquals("finetune", find("table3/scratch:vit-b").kind());
        HarnessException refused = assertThrows(HarnessException.class, () -> find("table3/scratch-without-ema:vit-b"));
        assertEquals(HarnessException.Kind.USAGE, refused.kind());
        assertTrue(
                refused.getMessage().contains("before they were averaged, which are not kept"), refused.getMessage());
    }

    @Test
    void aColumnNamesTheSizeOfItsEncoder() {
        int width = session.settings().sizes().vitL().dim();
        assertEquals(width, find("table3/mae:vit-l").model().encoderDim());
        assertEquals(width, find("table3/mae:vit-l:pretrain").model().encoderDim());
    }

    @Test
    void theFirstDigitsOfAHashNameAStage() {
        Stage stage = find("context/mae:pretrain");
        assertTrue(stage instanceof EncoderStage);
        assertEquals(stage, find(StageHash.of(stage).substring(0, 8)));
    }

    @Test
    void severalStagesOfAKindAreToldApartByTheirColumns() {
        HarnessException refused = assertThrows(HarnessException.class, () -> find("table3/mae"));
        assertEquals(HarnessException.Kind.USAGE, refused.kind());
        assertTrue(refused.getMessage().contains("name a column, as in table3/mae:vit-b"), refused.getMessage());
    }

    @Test
    void aHashThatNobodyHasNamesTheNearest() {
        String hash = StageHash.of(find("context/mae:pretrain"));
        String mistyped = (hash.charAt(0) == '0' ? '1' : '0') + hash.substring(1, 10);
        HarnessException refused = assertThrows(HarnessException.class, () -> find(mistyped));
        assertEquals(HarnessException.Kind.UNKNOWN_TABLE, refused.kind());
        assertTrue(refused.getMessage().contains("the nearest is " + hash + " (pretrain)"), refused.getMessage());
    }

    private static Stage find(String selector) {
        return new StageSelector(session, 0).find(selector).stage();
    }
}
