package io.maeharness.core.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One {@code mae-*} directory: configuration and arrays of the official implementation. */
public final class GoldenCase {
    private final JsonNode config;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    /** Reads a directory; the arrays belong to {@code manager}. */
    public GoldenCase(NDManager manager, Path directory) throws IOException {
        config = new ObjectMapper().readTree(directory.resolve("config.json").toFile());
        try (InputStream in = Files.newInputStream(directory.resolve("tensors.npz"))) {
            for (NDArray array : NDList.decode(manager, in)) {
                arrays.put(array.getName(), array);
            }
        }
    }

    /** The array of a name. */
    public NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalStateException("the golden case has no array '" + name + "', only " + arrays.keySet());
        }
        return array;
    }

    /** Arrays whose name starts with a prefix, by the rest of the name. */
    public Map<String, NDArray> under(String prefix) {
        Map<String, NDArray> found = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), array);
            }
        });
        return found;
    }

    /** An integer of the configuration. */
    public int number(String key) {
        return config.get(key).asInt();
    }

    /** The optimiser's settings. */
    public JsonNode adamw() {
        return config.get("adamw");
    }

    /** The architecture. */
    public ModelSettings model() {
        return new ModelSettings(
                number("image_size"),
                number("patch_size"),
                number("embed_dim"),
                number("depth"),
                number("num_heads"),
                number("decoder_embed_dim"),
                number("decoder_depth"),
                number("decoder_num_heads"),
                number("mlp_ratio"));
    }

    /** What is predicted. */
    public PatchTarget target() {
        int outputs = model().patchValues(number("in_channels"));
        return config.get("norm_pix_loss").asBoolean()
                ? new PatchTarget(new ReconstructionTarget.NormalisedPixel(), outputs)
                : new PatchTarget(new ReconstructionTarget.Pixel(), outputs);
    }

    /**
     * The recipe with one step a batch.
     *
     * @param microBatch images held at once
     */
    public PretrainRecipe recipe(int microBatch) {
        JsonNode adam = adamw();
        return new PretrainRecipe(
                new MaskRatio(config.get("mask_ratio").asDouble()),
                new MaskSampling.Random(),
                false,
                target().kind(),
                0.125,
                Augmentation.NONE,
                0.2,
                new Schedule(1, 0, number("batch"), microBatch, 1e-3, 0, 0),
                new AdamSettings(
                        adam.get("beta1").asDouble(),
                        adam.get("beta2").asDouble(),
                        adam.get("weight_decay").asDouble(),
                        0));
    }
}
