package io.maeharness.interop.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.error.Quoted;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.stage.EncoderForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an exported file says of itself beside the graph: how to prepare images, what the outputs mean, where it is from.
 *
 * @param kind kind of the stage, e.g. {@code finetune}
 * @param stage hash of the stage; empty for random weights
 * @param dataset data set it was trained on
 * @param model architecture
 * @param form kind of the encoder's positions and residual branches
 * @param statistics standardises a pixel: (value - mean) / deviation, with black at 0 and white at 1
 * @param classNames in the order of the logits; empty for an encoder
 * @param precision number format it was trained in; the file is always fp32
 * @param top1 accuracy that was measured at the end of the stage, percent, for a classifier
 */
public record ModelCard(
        String kind,
        String stage,
        String dataset,
        ModelSettings model,
        EncoderForm form,
        PixelStatistics statistics,
        List<String> classNames,
        String precision,
        Optional<Double> top1) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the list. */
    public ModelCard {
        classNames = List.copyOf(classNames);
    }

    /** The properties in the file. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("kind", kind);
        properties.put("stage", stage);
        properties.put("dataset", dataset);
        properties.put("image_size", Integer.toString(model.imageSize()));
        properties.put("channels", Integer.toString(statistics.channels()));
        properties.put("mean", json(statistics.mean()));
        properties.put("std", json(statistics.deviation()));
        properties.put("classes", Integer.toString(classNames.size()));
        properties.put("class_names", json(classNames));
        properties.put("model", json(model));
        properties.put("form", json(form));
        properties.put("precision", precision);
        top1.ifPresent(value -> properties.put("top1", value.toString()));
        return properties;
    }

    /**
     * Reads the properties of a file.
     *
     * @return empty for a file that was written by another program
     * @throws IllegalArgumentException when the properties are there but no good, saying which
     */
    static Optional<ModelCard> of(Map<String, String> properties) {
        if (!properties.keySet().containsAll(List.of("kind", "model", "form", "mean", "std", "class_names"))) {
            return Optional.empty();
        }
        return Optional.of(new ModelCard(
                properties.get("kind"),
                properties.getOrDefault("stage", ""),
                properties.getOrDefault("dataset", ""),
                read(properties, "model", new TypeReference<ModelSettings>() {}),
                read(properties, "form", new TypeReference<EncoderForm>() {}),
                new PixelStatistics(
                        read(properties, "mean", new TypeReference<List<Double>>() {}),
                        read(properties, "std", new TypeReference<List<Double>>() {})),
                read(properties, "class_names", new TypeReference<List<String>>() {}),
                properties.getOrDefault("precision", ""),
                Optional.ofNullable(properties.get("top1")).map(Double::valueOf)));
    }

    private static <T> T read(Map<String, String> properties, String key, TypeReference<T> type) {
        try {
            return JSON.readValue(properties.get(key), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "its property '" + key + "' is not what the harness writes: " + Quoted.cut(properties.get(key)), e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a property cannot be written as JSON: " + value, e);
        }
    }
}
