package io.maeharness.interop.exchange;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The official implementation's names of tensors, which this harness uses too, and how Hugging Face's are read as those.
 *
 * <p>Export writes these names; import reads them, with or without the prefix of a parallel or compiled module, and the
 * names of Hugging Face's ViT and ViTMAE classes, those of transformers 5 too. Source: facebookresearch/mae, {@code models_mae.py}; Hugging Face
 * transformers, ViTMAE.
 */
public final class OfficialNames {
    /** Positions of the encoder, [1, 1+L, D]. */
    public static final String POSITIONS = "pos_embed";

    /** Positions of the decoder, [1, 1+L, decoder width]. */
    public static final String DECODER_POSITIONS = "decoder_pos_embed";

    /** The first part of the names of the norm that fine-tuning puts before its head. */
    public static final String HEAD_NORM = "fc_norm.";

    /** The first part of the names of the encoder's final norm. */
    public static final String NORM = "norm.";

    private static final Pattern WRAPPER = Pattern.compile("^(?:module\\.|_orig_mod\\.)+");
    private static final Pattern LAYER = Pattern.compile(
            "(?:vit\\.)?(encoder\\.layer|layers|decoder\\.decoder_layers|decoder\\.decoder_encoder\\.layer)\\.(\\d{1,4})\\.(.+)\\.(weight|bias)");
    private static final Pattern PROJECTION =
            Pattern.compile("attention\\.(?:attention\\.(query|key|value)|([qkv])_proj)");
    private static final List<String> STACKED = List.of("query", "key", "value");
    private static final List<String> STACKED_SINCE_5 = List.of("q", "k", "v");

    private static final Map<String, String> IN_LAYER = Map.of(
            "attention.output.dense", "attn.proj",
            "intermediate.dense", "mlp.fc1",
            "output.dense", "mlp.fc2",
            "attention.o_proj", "attn.proj",
            "mlp.fc1", "mlp.fc1",
            "mlp.fc2", "mlp.fc2",
            "layernorm_before", "norm1",
            "layernorm_after", "norm2");

    private static final Map<String, String> OUTSIDE = Map.ofEntries(
            Map.entry("embeddings.cls_token", "cls_token"),
            Map.entry("embeddings.position_embeddings", POSITIONS),
            Map.entry("embeddings.patch_embeddings.projection.weight", "patch_embed.proj.weight"),
            Map.entry("embeddings.patch_embeddings.projection.bias", "patch_embed.proj.bias"),
            Map.entry("layernorm.weight", "norm.weight"),
            Map.entry("layernorm.bias", "norm.bias"),
            Map.entry("decoder.mask_token", "mask_token"),
            Map.entry("decoder.decoder_pos_embed", DECODER_POSITIONS),
            Map.entry("decoder.decoder_embed.weight", "decoder_embed.weight"),
            Map.entry("decoder.decoder_embed.bias", "decoder_embed.bias"),
            Map.entry("decoder.decoder_norm.weight", "decoder_norm.weight"),
            Map.entry("decoder.decoder_norm.bias", "decoder_norm.bias"),
            Map.entry("decoder.decoder_pred.weight", "decoder_pred.weight"),
            Map.entry("decoder.decoder_pred.bias", "decoder_pred.bias"),
            Map.entry("classifier.weight", "head.weight"),
            Map.entry("classifier.bias", "head.bias"));

    /** Beginnings of the names of heads: of classifiers, and of contrastive pre-training. */
    private static final List<String> HEADS = List.of("head.", HEAD_NORM, "pooler.", "projector.", "predictor.");

    private OfficialNames() {}

    /**
     * What a tensor of a file is officially.
     *
     * @param name official name
     * @param part which part of it the tensor holds, along the first dimension: query, key or value
     * @param parts how many make up the whole; 1 when the tensor is the whole
     */
    public record Place(String name, int part, int parts) {}

    /** The place of a tensor; a name that nobody uses is taken as it is. */
    public static Place of(String name) {
        String bare = WRAPPER.matcher(name).replaceFirst("");
        String inside = bare.startsWith("vit.") ? bare.substring("vit.".length()) : bare;
        return Optional.ofNullable(OUTSIDE.get(inside))
                .map(official -> new Place(official, 0, 1))
                .or(() -> inLayer(bare))
                .orElseGet(() -> new Place(bare, 0, 1));
    }

    private static Optional<Place> inLayer(String name) {
        Matcher layer = LAYER.matcher(name);
        if (!layer.matches()) {
            return Optional.empty();
        }
        String blocks = layer.group(1).startsWith("decoder") ? "decoder_blocks." : "blocks.";
        String block = blocks + Integer.parseInt(layer.group(2)) + ".";
        String end = "." + layer.group(4);
        Matcher projection = PROJECTION.matcher(layer.group(3));
        if (projection.matches()) {
            int part = projection.group(1) != null
                    ? STACKED.indexOf(projection.group(1))
                    : STACKED_SINCE_5.indexOf(projection.group(2));
            return Optional.of(new Place(block + "attn.qkv" + end, part, STACKED.size()));
        }
        return Optional.ofNullable(IN_LAYER.get(layer.group(3))).map(part -> new Place(block + part + end, 0, 1));
    }

    /** Whether a name belongs to the decoder, which encoder-only files lack. */
    public static boolean isDecoder(String official) {
        return official.startsWith("decoder_") || official.equals("mask_token");
    }

    /** Whether a name belongs to the head of a classifier or of a pre-training, which an encoder has no use for. */
    public static boolean isHead(String official) {
        return HEADS.stream().anyMatch(official::startsWith);
    }
}
