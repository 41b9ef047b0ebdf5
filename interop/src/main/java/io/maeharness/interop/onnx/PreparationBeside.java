package io.maeharness.interop.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.error.Quoted;
import io.maeharness.interop.exchange.JsonBeside;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a file beside a model wants images cut and resized, held against what is done here: all models see the same images,
 * and one that was trained with others loses points without anything else that tells.
 */
final class PreparationBeside {
    /** Pillow's numbers of filters, as Hugging Face's processors write them. */
    private static final Map<Integer, String> FILTERS =
            Map.of(0, "nearest", 1, "lanczos", 2, "bilinear", 3, "bicubic", 4, "box", 5, "hamming");

    private static final String HERE = "bicubic";
    private final int side;
    private final int shorter;
    private final List<String> other = new ArrayList<>();

    private PreparationBeside(int side) {
        this.side = side;
        this.shorter = EvaluationTransform.resized(side);
    }

    /**
     * Where the file beside the model asks for something else than is done.
     *
     * @param side of the model's input, pixels
     * @return a clause that says both; empty where they are the same or nothing is asked for
     */
    static Optional<String> otherwise(Path model, int side) {
        PreparationBeside beside = new PreparationBeside(side);
        JsonBeside.read(model, PixelChoice.PREPROCESSOR)
                .ifPresentOrElse(beside::preprocessor, () -> JsonBeside.read(model, PixelChoice.TIMM)
                        .map(json -> json.path("pretrained_cfg"))
                        .ifPresent(beside::timm));
        return beside.other.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "it asks for " + String.join(", ", beside.other) + "; here images of another size than " + side
                                + " have their shorter side resized to " + beside.shorter + ", " + HERE
                                + ", and the centre of " + side + " cut out");
    }

    private void preprocessor(JsonNode json) {
        boolean crops = json.path("do_center_crop").asBoolean(json.has("crop_size"));
        if (!json.path("do_resize").asBoolean(true)) {
            other.add("no resizing");
        } else if (json.has("size")) {
            size(json.path("size"), crops);
        }
        if (crops && json.has("crop_size")) {
            int cut = json.path("crop_size")
                    .path("height")
                    .asInt(json.path("crop_size").asInt());
            note(cut != side, "a crop of " + cut);
        }
        if (json.has("resample")) {
            int number = json.path("resample").asInt();
            filter(FILTERS.getOrDefault(number, "filter " + number));
        }
    }

    private void size(JsonNode size, boolean crops) {
        if (size.has("height") && size.has("width")) {
            note(
                    true,
                    "a resize to " + size.path("height").asInt() + " x "
                            + size.path("width").asInt());
        } else if (size.isInt() && !crops) {
            note(true, "a resize to " + size.asInt() + " x " + size.asInt());
        } else {
            int edge = size.path("shortest_edge").asInt(size.asInt());
            note(edge != shorter, "a shorter side of " + edge);
            note(!crops, "no crop");
        }
    }

    private void timm(JsonNode json) {
        if (json.has("crop_pct")) {
            double part = json.path("crop_pct").asDouble();
            note(Math.round(side / part) != shorter && Math.floor(side / part) != shorter, "a crop of " + part);
        }
        JsonNode input = json.path("input_size");
        note(
                input.size() == 3 && input.path(1).asInt() != side,
                "images of " + input.path(1).asInt());
        if (json.has("crop_mode")) {
            String mode = json.path("crop_mode").asText();
            note(!mode.equals("center"), "crop mode " + Quoted.of(mode));
        }
        if (json.has("interpolation")) {
            filter(json.path("interpolation").asText());
        }
    }

    private void filter(String name) {
        note(!name.equals(HERE), "the filter " + Quoted.of(name));
    }

    private void note(boolean differs, String what) {
        if (differs) {
            other.add(what);
        }
    }
}
