package io.maeharness.interop.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.core.error.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said of a model beside its tensors, as keys of a profile: what no shape tells is the number of attention heads,
 * what the decoder predicts, and at which mask ratio it was trained.
 *
 * <p>Said by the metadata of a file that this harness exported, by the training arguments in a PyTorch checkpoint, or by
 * Hugging Face's {@code config.json} beside the file. All are values of strangers: they are compared and checked, and
 * never constructed.
 *
 * @param values by key of a profile; what is not said is absent
 * @param source who says it, to follow "says"; empty when nobody does
 * @param remarks what a user should know of sources that were not believed, a clause each
 */
record Declaration(Map<String, String> values, String source, List<String> remarks) {
    static final String HEADS = "model.encoderHeads";
    static final String DECODER_HEADS = "model.decoderHeads";
    static final String PATCH = "model.patchSize";
    static final String TARGET = "pretrain.target";
    static final String RATIO = "pretrain.maskRatio";
    static final String PCA_SHARE = "pretrain.pcaShare";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = "config.json";
    private static final int MOST = 10_000;

    /** Names of the official implementation, timm, DINO and MoCo v3. */
    private static final Pattern ARCHITECTURE =
            Pattern.compile("(mae_|deit_)?vit_?(tiny|small|base|large|huge)(?:_patch(\\d{1,3}))?(?:[_.].*)?");

    /** Heads and width of each. */
    private static final Map<String, int[]> SIZES = Map.of(
            "tiny", new int[] {3, 192},
            "small", new int[] {6, 384},
            "base", new int[] {12, 768},
            "large", new int[] {16, 1024},
            "huge", new int[] {16, 1280});

    private static final int MOCO_HEADS = 12;
    private static final int OFFICIAL_DECODER_HEADS = 16;

    /** Copies the collections. */
    Declaration {
        values = Map.copyOf(values);
        remarks = List.copyOf(remarks);
    }

    /** What is said of the model of a file. */
    static Declaration of(ForeignCheckpoint file, OfficialTensors tensors) {
        Map<String, String> own = configuration(file.content().metadata().get("configuration"));
        if (!own.isEmpty()) {
            return new Declaration(own, "its own configuration", List.of());
        }
        Map<String, String> arguments = arguments(file.content().arguments(), tensors);
        if (!arguments.isEmpty()) {
            return new Declaration(arguments, "its training's arguments", List.of());
        }
        return JsonBeside.read(file.path(), CONFIG)
                .map(json -> beside(json, tensors))
                .orElse(new Declaration(Map.of(), "", List.of()));
    }

    /** The stage that an export writes into its file. */
    private static Map<String, String> configuration(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        if (text == null) {
            return values;
        }
        try {
            JsonNode stage = JSON.readTree(text);
            count(stage.path("model").path("encoderHeads")).ifPresent(heads -> values.put(HEADS, heads));
            count(stage.path("model").path("patchSize")).ifPresent(side -> values.put(PATCH, side));
            JsonNode recipe = stage.path("recipe");
            if (recipe.has("target") && recipe.has("maskRatio")) {
                count(stage.path("model").path("decoderHeads")).ifPresent(heads -> values.put(DECODER_HEADS, heads));
                values.put(TARGET, Quoted.cut(recipe.path("target").asText()));
                share(recipe.path("maskRatio")).ifPresent(ratio -> values.put(RATIO, ratio));
                share(recipe.path("pcaShare")).ifPresent(share -> values.put(PCA_SHARE, share));
            }
            return values;
        } catch (JsonProcessingException e) {
            return Map.of(); // Some other program's word for something else.
        }
    }

    private static Map<String, String> arguments(Map<String, Object> arguments, OfficialTensors tensors) {
        Map<String, String> values = new LinkedHashMap<>();
        if (arguments.get("norm_pix_loss") instanceof Boolean normalised) {
            values.put(TARGET, target(normalised));
        }
        if (arguments.get("mask_ratio") instanceof Number ratio && isShare(ratio.doubleValue())) {
            values.put(RATIO, Double.toString(ratio.doubleValue()));
        }
        for (String key : List.of("model", "arch")) {
            if (arguments.get(key) instanceof String name) {
                architecture(name, tensors, values);
            }
        }
        return values;
    }

    /** Heads by the name of an architecture, if the model is as wide as those of that name are. */
    private static void architecture(String name, OfficialTensors tensors, Map<String, String> values) {
        Matcher known = ARCHITECTURE.matcher(name);
        if (!known.matches() || SIZES.get(known.group(2))[1] != tensors.width()) {
            return;
        }
        boolean moco = tensors.isOfMoco() && known.group(2).equals("small");
        values.put(HEADS, Integer.toString(moco ? MOCO_HEADS : SIZES.get(known.group(2))[0]));
        if ("mae_".equals(known.group(1))) {
            values.put(DECODER_HEADS, Integer.toString(OFFICIAL_DECODER_HEADS));
        }
    }

    private static Declaration beside(JsonNode json, OfficialTensors tensors) {
        Map<String, String> values = new LinkedHashMap<>();
        if (json.path("architecture").isTextual()) {
            architecture(json.path("architecture").asText(), tensors, values);
            return new Declaration(values, CONFIG + " beside it", List.of());
        }
        if (!json.has("num_attention_heads")) {
            return new Declaration(Map.of(), "", List.of());
        }
        boolean same = json.path("hidden_size").asLong(-1) == tensors.width()
                && json.path("num_hidden_layers").asLong(-1) == tensors.depth();
        if (!same) {
            return new Declaration(
                    Map.of(),
                    "",
                    List.of(CONFIG + " beside it speaks of "
                            + json.path("num_hidden_layers").asLong(-1)
                            + " blocks of width " + json.path("hidden_size").asLong(-1)
                            + ", which are not this file's, and is not believed"));
        }
        count(json.path("num_attention_heads")).ifPresent(heads -> values.put(HEADS, heads));
        count(json.path("patch_size")).ifPresent(side -> values.put(PATCH, side));
        count(json.path("decoder_num_attention_heads")).ifPresent(heads -> values.put(DECODER_HEADS, heads));
        share(json.path("mask_ratio")).ifPresent(ratio -> values.put(RATIO, ratio));
        if (json.path("norm_pix_loss").isBoolean()) {
            values.put(TARGET, target(json.path("norm_pix_loss").asBoolean()));
        }
        return new Declaration(values, CONFIG + " beside it", List.of());
    }

    private static String target(boolean normalised) {
        return normalised ? "pixel-norm" : "pixel";
    }

    private static Optional<String> count(JsonNode value) {
        return value.isIntegralNumber() && value.asLong() > 0 && value.asLong() <= MOST
                ? Optional.of(Long.toString(value.asLong()))
                : Optional.empty();
    }

    private static Optional<String> share(JsonNode value) {
        return value.isNumber() && isShare(value.asDouble())
                ? Optional.of(Double.toString(value.asDouble()))
                : Optional.empty();
    }

    private static boolean isShare(double value) {
        return value > 0 && value < 1;
    }
}
