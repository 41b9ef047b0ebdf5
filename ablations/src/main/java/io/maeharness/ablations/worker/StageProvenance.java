package io.maeharness.ablations.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.device.GpuFacts;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Attention;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.interop.onnx.OnnxModel;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Puts together how a stage's outcome came about. */
final class StageProvenance {
    /** Where a configuration holds what is no part of the stage. */
    static final String FACTS = "facts";

    /** The fact that names the version of ONNX Runtime, where it computed a part of the stage. */
    static final String ONNX_RUNTIME = "ONNX Runtime";

    private static final ObjectMapper JSON = new ObjectMapper();

    private StageProvenance() {}

    static StageRecord of(WorkOrder order, StageOutcome outcome, StageClock clock, EngineFacts engine) {
        Stage stage = order.stage();
        String hash = order.hash();
        return new StageRecord(
                outcome,
                new Provenance(
                        hash,
                        new Provenance.Stage(stage.kind(), hash, stage.seed(), configuration(order, outcome)),
                        order.code(),
                        new Provenance.Data(
                                stage.data().settings().dataset().key(),
                                stage.data().digest()),
                        Host.current(),
                        new Provenance.Engine(
                                engine.djlVersion(),
                                engine.name(),
                                engine.version(),
                                GpuFacts.described(order.device()),
                                stage.precision().name().toLowerCase(Locale.ROOT)),
                        new Provenance.Cost(
                                clock.start(), clock.seconds(), outcome.imagesPerSecond(), PeakMemory.bytes())));
    }

    /** The stage's fields; what else the executor found worth keeping goes beside them under {@code facts}. */
    private static JsonNode configuration(WorkOrder order, StageOutcome outcome) {
        Stage stage = order.stage();
        Map<String, String> facts = new TreeMap<>(outcome.facts());
        if (GpuFacts.isGpu(order.device())) {
            facts.putAll(GpuFacts.of(order.device()));
        }
        if (GpuFacts.isGpu(order.device()) || Attention.isForced()) {
            facts.put(
                    "attention",
                    Attention.of(DeviceKind.GPU, 1 + stage.model().numPatches()).key());
        }
        if (Torch.isTraced()) {
            facts.put("script calls", "traced, with the choices of a GPU");
        }
        if (stage.usesOnnxRuntime(GpuFacts.isGpu(order.device()))) {
            facts.put(ONNX_RUNTIME, OnnxModel.runtimeVersion());
        }
        try {
            ObjectNode configuration = (ObjectNode) JSON.readTree(StageHash.toJson(stage));
            if (!facts.isEmpty()) {
                configuration.set(FACTS, JSON.valueToTree(facts));
            }
            return configuration;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stage's canonical form must be JSON", e);
        }
    }
}
