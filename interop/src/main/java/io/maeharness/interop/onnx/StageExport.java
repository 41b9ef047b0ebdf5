package io.maeharness.interop.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.checkpoint.Safetensors;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.stage.LeftNetwork;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.StageHash;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a finished stage as a file for other programs.
 *
 * @param stage a pre-training, a fine-tuning or a linear probe
 * @param stagesDirectory holds one directory a stage, named by its hash
 * @param dataDirectory where the images lie, for data sets that are not bundled
 * @param top1 accuracy of the stage, percent, if it measures one
 * @param harnessVersion of the program that writes
 */
public record StageExport(
        Stage stage, Path stagesDirectory, Optional<Path> dataDirectory, Optional<Double> top1, String harnessVersion) {
    /** Checks that the stage has something to export. */
    public StageExport {
        if (stage.network().isEmpty()) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "a stage of kind " + stage.kind() + " has no vision transformer of its own to export"
                            + stage.parent()
                                    .map(parent -> "; its encoder is ./mae export " + StageHash.of(parent))
                                    .orElse("; export a pre-training, a fine-tuning or a linear probe"));
        }
    }
    /**
     * Writes an ONNX file: the encoder's features, or the logits of a classifier. Images come in standardised; the mean
     * and deviation, found in the stage's data set, and the names of the classes stand in the file's properties.
     *
     * @return the files written
     * @throws HarnessException when the stage's weights are missing, its data set is not there or the
     *     file cannot be written
     */
    public List<Path> onnx(Opset opset, Path file) {
        StageData data = StageData.of(stage.data(), dataDirectory);
        try (NDManager manager = Torch.open("cpu")) {
            Map<String, NDArray> weights = new StageWeights(
                            manager, stagesDirectory, () -> data.train().channels())
                    .of(stage, network());
            VitHead head = VitHead.of(network());
            return VitExport.write(new OnnxFile(file), opset, weights, head, card(data, head), harnessVersion);
        }
    }

    private LeftNetwork network() {
        return stage.network().orElseThrow();
    }

    private ModelCard card(StageData data, VitHead head) {
        return new ModelCard(
                stage.kind(),
                StageHash.of(stage),
                stage.data().settings().dataset().key(),
                stage.model(),
                network().form(),
                data.statistics(),
                head instanceof VitHead.Features ? List.of() : data.train().classNames(),
                stage.precision().name().toLowerCase(Locale.ROOT),
                top1);
    }

    /**
     * Writes all weights under the names that the official code gives them, so that it can load the file.
     *
     * @return the file written
     * @throws HarnessException when the stage's weights are missing or the file cannot be written
     */
    public List<Path> safetensors(Path file) {
        try (NDManager manager = Torch.open("cpu")) {
            StageWeights weights =
                    new StageWeights(manager, stagesDirectory, () -> StageData.of(stage.data(), dataDirectory)
                            .train()
                            .channels());
            Safetensors.write(file, official(weights, manager), metadata());
        }
        return List.of(file);
    }

    private Map<String, NDArray> official(StageWeights found, NDManager manager) {
        Map<String, NDArray> official = new LinkedHashMap<>();
        found.of(stage, network())
                .forEach((name, array) -> officialName(name).ifPresent(to -> official.put(to, array)));
        if (official.containsKey("decoder_embed.weight")) {
            official.put(
                    "decoder_pos_embed",
                    VitScript.positions(
                            manager, stage.model().decoderDim(), stage.model().gridSize()));
        }
        return official;
    }

    /**
     * Name in the official files. Their fine-tuned model has no {@code norm}, which the mean of the patch tokens does not
     * pass; their probe's head is a BatchNorm and a linear layer in sequence.
     */
    private Optional<String> officialName(String name) {
        return switch (network().head()) {
            case NONE -> Optional.of(name);
            case FINE_TUNED -> Optional.of(name).filter(kept -> !kept.startsWith("norm."));
            case LINEAR_PROBE ->
                Optional.of(name.replaceFirst("^head\\.", "head.1.").replaceFirst("^bn\\.", "head.0."));
        };
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put("producer", "mae-harness " + harnessVersion);
        metadata.put("kind", stage.kind());
        metadata.put("stage", StageHash.of(stage));
        metadata.put("configuration", StageHash.toJson(stage));
        return metadata;
    }
}
