package io.maeharness.core.model;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.stage.EncoderForm;
import java.util.ArrayList;
import java.util.List;

/** Parameters of each use of the transformer, by the names with which {@code script/vit.py} reads them. */
public final class Layout {
    private Layout() {}

    /** The encoder with fixed positions: class token, patch projection, blocks, final norm. */
    public static List<ParameterSpec> encoder(ModelSettings model, int channels) {
        return encoder(model, channels, EncoderForm.PLAIN);
    }

    /**
     * The encoder alone: class token, patch projection, blocks, final norm, and positions that are trained.
     *
     * @param channels C of the images
     * @param form kind of positions and residual branches
     */
    public static List<ParameterSpec> encoder(ModelSettings model, int channels, EncoderForm form) {
        List<ParameterSpec> specs = new ArrayList<>(stem(model, channels));
        specs.addAll(encoderBlocks(model, form));
        if (form.positions() == EncoderForm.Positions.LEARNED) {
            specs.add(positions(model, Initialisation.NORMAL_002));
        } else if (form.relative()) {
            specs.add(relativeBias(model));
        }
        return List.copyOf(specs);
    }

    /**
     * The masked autoencoder.
     *
     * @param channels C of the images
     * @param outputs values predicted for a patch, e.g. P*P*C
     * @param encoderMaskTokens whether the mask token belongs to the encoder (table 1c)
     */
    public static List<ParameterSpec> maskedAutoencoder(
            ModelSettings model, int channels, int outputs, boolean encoderMaskTokens) {
        List<ParameterSpec> specs = new ArrayList<>(stem(model, channels));
        if (encoderMaskTokens) {
            specs.add(ParameterSpec.token("encoder_mask_token", model.encoderDim()));
        }
        specs.addAll(encoderBlocks(model, EncoderForm.PLAIN));
        int width = model.decoderDim();
        specs.add(ParameterSpec.weight("decoder_embed.weight", width, model.encoderDim()));
        specs.add(ParameterSpec.bias("decoder_embed.bias", width));
        if (!encoderMaskTokens) {
            specs.add(ParameterSpec.token("mask_token", width));
        }
        for (int k = 0; k < model.decoderDepth(); k++) {
            specs.addAll(block("decoder_blocks." + k + ".", width, model.mlpRatio()));
        }
        specs.add(ParameterSpec.normWeight("decoder_norm.weight", width));
        specs.add(ParameterSpec.normBias("decoder_norm.bias", width));
        specs.add(ParameterSpec.weight("decoder_pred.weight", outputs, width));
        specs.add(ParameterSpec.bias("decoder_pred.bias", outputs));
        return List.copyOf(specs);
    }

    /** The classifier on an encoder with fixed positions, which become trainable. */
    public static List<ParameterSpec> classifier(ModelSettings model, int channels, int classes) {
        return classifier(model, channels, classes, EncoderForm.PLAIN);
    }

    /**
     * The encoder with trainable positions, a norm of its own and a linear head on the mean of the patch tokens.
     *
     * @param classes outputs of the head
     * @param form kind of positions and residual branches
     */
    public static List<ParameterSpec> classifier(ModelSettings model, int channels, int classes, EncoderForm form) {
        int width = model.encoderDim();
        List<ParameterSpec> specs = new ArrayList<>(encoder(model, channels, form));
        if (form.positions() == EncoderForm.Positions.FIXED) {
            specs.add(positions(model, Initialisation.ZEROS));
        }
        specs.add(ParameterSpec.normWeight("fc_norm.weight", width));
        specs.add(ParameterSpec.normBias("fc_norm.bias", width));
        specs.add(new ParameterSpec(
                "head.weight", List.of((long) classes, (long) width), Initialisation.NORMAL_2E5, true));
        specs.add(ParameterSpec.bias("head.bias", classes));
        return List.copyOf(specs);
    }

    private static ParameterSpec positions(ModelSettings model, Initialisation initialisation) {
        return new ParameterSpec(
                "pos_embed", List.of(1L, 1L + model.numPatches(), (long) model.encoderDim()), initialisation, false);
    }

    /** One value for each offset of two patches and each head, and three for the class token. Source: BEiT. */
    private static ParameterSpec relativeBias(ModelSettings model) {
        long side = 2L * model.gridSize() - 1;
        return new ParameterSpec(
                "rel_pos_bias.relative_position_bias_table",
                List.of(side * side + 3, (long) model.encoderHeads()),
                Initialisation.ZEROS,
                false);
    }

    private static List<ParameterSpec> stem(ModelSettings model, int channels) {
        int width = model.encoderDim();
        int patch = model.patchSize();
        return List.of(
                ParameterSpec.token("cls_token", width),
                ParameterSpec.weight("patch_embed.proj.weight", width, channels, patch, patch),
                ParameterSpec.bias("patch_embed.proj.bias", width));
    }

    private static List<ParameterSpec> encoderBlocks(ModelSettings model, EncoderForm form) {
        List<ParameterSpec> specs = new ArrayList<>();
        for (int k = 0; k < model.encoderDepth(); k++) {
            String prefix = "blocks." + k + ".";
            specs.addAll(block(prefix, model.encoderDim(), model.mlpRatio()));
            if (form.layerScale()) {
                specs.add(ParameterSpec.layerScale(prefix + "gamma_1", model.encoderDim()));
                specs.add(ParameterSpec.layerScale(prefix + "gamma_2", model.encoderDim()));
            }
        }
        specs.add(ParameterSpec.normWeight("norm.weight", model.encoderDim()));
        specs.add(ParameterSpec.normBias("norm.bias", model.encoderDim()));
        return specs;
    }

    private static List<ParameterSpec> block(String prefix, int width, int mlpRatio) {
        return List.of(
                ParameterSpec.normWeight(prefix + "norm1.weight", width),
                ParameterSpec.normBias(prefix + "norm1.bias", width),
                ParameterSpec.weight(prefix + "attn.qkv.weight", 3L * width, width),
                ParameterSpec.bias(prefix + "attn.qkv.bias", 3L * width),
                ParameterSpec.weight(prefix + "attn.proj.weight", width, width),
                ParameterSpec.bias(prefix + "attn.proj.bias", width),
                ParameterSpec.normWeight(prefix + "norm2.weight", width),
                ParameterSpec.normBias(prefix + "norm2.bias", width),
                ParameterSpec.weight(prefix + "mlp.fc1.weight", (long) mlpRatio * width, width),
                ParameterSpec.bias(prefix + "mlp.fc1.bias", (long) mlpRatio * width),
                ParameterSpec.weight(prefix + "mlp.fc2.weight", width, (long) mlpRatio * width),
                ParameterSpec.bias(prefix + "mlp.fc2.bias", width));
    }
}
