package io.maeharness.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.engine.HostNumbers;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptSource;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Loads {@code script/vit.py} with its fragments and prepares what its methods take besides images and parameters. */
public final class VitScript {
    private VitScript() {}

    /**
     * Compiles the transformer with the fragments of a method.
     *
     * @param form what the encoder's kind of positions and residual branches is
     * @param microBatch images the engine holds at once
     * @param fragments spliced into {@code vit.py}
     * @param attributes of the fragments
     */
    public static Script load(
            NDManager manager,
            ModelSettings model,
            Precision precision,
            EncoderForm form,
            int microBatch,
            List<ScriptSource> fragments,
            Map<String, Object> attributes) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("training", true);
        all.put("bf16", precision == Precision.BF16);
        DeviceKind device = Torch.asGpu(manager) ? DeviceKind.GPU : DeviceKind.CPU;
        all.put("fused_attention", Attention.of(device, 1 + model.numPatches()) == Attention.FUSED);
        all.put("layer_scale", form.layerScale());
        all.put("relative", form.relative());
        all.put("patch", model.patchSize());
        all.put("depth", model.encoderDepth());
        all.put("heads", model.encoderHeads());
        all.put("micro", microBatch);
        all.putAll(attributes);
        List<ScriptSource> sources = new ArrayList<>(List.of(ScriptSource.VIT, ScriptSource.GRADIENTS));
        sources.addAll(fragments);
        return Script.load(manager, sources, "Vit", all);
    }

    /** The classifier and frozen features. */
    static Script classifier(
            NDManager manager,
            ModelSettings model,
            Precision precision,
            EncoderForm form,
            int microBatch,
            boolean pooled) {
        return load(
                manager,
                model,
                precision,
                form,
                microBatch,
                List.of(ScriptSource.STEP, ScriptSource.classifier()),
                Map.of("pooled", pooled));
    }

    /** Fixed positions [1, 1+L, width]. */
    public static NDArray positions(NDManager manager, int width, int grid) {
        long rows = 1 + (long) grid * grid;
        return manager.create(SinCosPositions.table(width, grid), new Shape(1, rows, width));
    }

    /** One number a parameter, in the order of their names: 1 when it is trained, plus 2 when products may read it as bf16. */
    public static NDArray kinds(NDManager manager, List<ParameterSpec> specs, Predicate<ParameterSpec> trained) {
        long[] kinds = specs.stream()
                .sorted(Comparator.comparing(ParameterSpec::name))
                .mapToLong(spec -> (trained.test(spec) ? 1 : 0) + (spec.product() ? 2 : 0))
                .toArray();
        return HostNumbers.of(manager, kinds);
    }

    /** A number that scripts read on the processor. */
    public static NDArray scalar(NDManager manager, double value) {
        return HostNumbers.of(manager, value);
    }
}
