package io.maeharness.ablations.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.interop.onnx.OnnxModel;
import io.maeharness.results.Provenance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageProvenanceTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer", "pretrain"})
    void theStagesThatReadTokensNameTheVersionOfOnnxRuntime(String kind) {
        JsonNode facts = configuration("table1d/dvae-token", kind).path(StageProvenance.FACTS);
        assertEquals(
                OnnxModel.runtimeVersion(),
                facts.path(StageProvenance.ONNX_RUNTIME).asText());
        assertEquals("3 %", facts.path("found").asText());
    }

    @Test
    void otherStagesDoNotNameWhatTheyDoNotUse() {
        JsonNode facts = configuration("context/mae", "pretrain").path(StageProvenance.FACTS);
        assertFalse(facts.has(StageProvenance.ONNX_RUNTIME));
    }

    @Test
    void theVersionsOfEngineAndBindingAreKept() {
        Provenance.Engine engine = record("context/mae", "pretrain").engine();
        assertEquals("1.2", engine.djlVersion());
        assertEquals("3.4", engine.version());
    }

    private JsonNode configuration(String selector, String kind) {
        return record(selector, kind).stage().configuration();
    }

    private Provenance record(String selector, String kind) {
        PlannedStage planned = TestProfile.plan(selector).stages().stream()
                .filter(stage -> stage.stage().kind().equals(kind))
                .findFirst()
                .orElseThrow();
        WorkOrder order = new WorkOrder(
                planned.stage(),
                directory,
                Optional.empty(),
                "cpu",
                Duration.ofMinutes(1),
                new Provenance.Code("test", "unknown", false));
        StageOutcome outcome = new StageOutcome(Map.of(), 1, 1, 1, Map.of("found", "3 %"));
        StageClock clock = StageClock.resume(directory, directory.resolve("outcome.json"));
        return StageProvenance.of(order, outcome, clock, new EngineFacts("1.2", "PyTorch", "3.4"))
                .provenance();
    }
}
