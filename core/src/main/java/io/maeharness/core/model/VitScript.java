package io.maeharness.core.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.Script;
import io.maeharness.core.stage.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Loads {@code script/vit.py} and prepares what its methods take besides images and parameters. */
final class VitScript {
    private VitScript() {}

    /**
     * What only pre-training needs.
     *
     * @param lenKeep patches kept
     * @param encoderMaskTokens whether removed patches enter the encoder
     * @param normalised whether the target is normalised pixels
     */
    record Masking(int lenKeep, boolean encoderMaskTokens, boolean normalised) {
        static final Masking NONE = new Masking(0, false, false);
    }

    static Script load(
            NDManager manager,
            ModelSettings model,
            Precision precision,
            Masking masking,
            int microBatch,
            boolean pooled) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("training", true);
        attributes.put("bf16", precision == Precision.BF16);
        attributes.put("fused_attention", manager.getDevice().isGpu());
        attributes.put("norm_pix", masking.normalised());
        attributes.put("encoder_mask_tokens", masking.encoderMaskTokens());
        attributes.put("patch", model.patchSize());
        attributes.put("depth", model.encoderDepth());
        attributes.put("heads", model.encoderHeads());
        attributes.put("decoder_depth", model.decoderDepth());
        attributes.put("decoder_heads", model.decoderHeads());
        attributes.put("keep", masking.lenKeep());
        attributes.put("micro", microBatch);
        attributes.put("pooled", pooled);
        return Script.load(manager, "vit.py", "Vit", attributes);
    }

    /** Fixed positions [1, 1+L, width]. */
    static NDArray positions(NDManager manager, int width, int grid) {
        long rows = 1 + (long) grid * grid;
        return manager.create(SinCosPositions.table(width, grid), new Shape(1, rows, width));
    }

    /** One number a parameter: 1 when it is trained, plus 2 when products may read it as bf16. */
    static NDArray kinds(NDManager manager, List<ParameterSpec> specs, Predicate<ParameterSpec> trained) {
        long[] kinds = new long[specs.size()];
        for (int i = 0; i < kinds.length; i++) {
            ParameterSpec spec = specs.get(i);
            kinds[i] = (trained.test(spec) ? 1L : 0L) + (spec.product() ? 2L : 0L);
        }
        return manager.create(kinds).toDevice(Device.cpu(), false);
    }
}
