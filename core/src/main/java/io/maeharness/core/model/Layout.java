package io.maeharness.core.model;

import io.maeharness.core.config.ModelSettings;
import java.util.ArrayList;
import java.util.List;

/** Parameters of each use of the transformer, in the order in which {@code script/vit.py} reads them. */
public final class Layout {
    private Layout() {}

    /**
     * The encoder alone: class token, patch projection, blocks, final norm.
     *
     * @param channels C of the images
     */
    public static List<ParameterSpec> encoder(ModelSettings model, int channels) {
        List<ParameterSpec> specs = new ArrayList<>(stem(model, channels));
        specs.addAll(encoderBlocks(model));
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
        specs.addAll(encoderBlocks(model));
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

    /**
     * The encoder with trainable positions, a norm of its own and a linear head on the mean of the patch tokens.
     *
     * @param classes outputs of the head
     */
    public static List<ParameterSpec> classifier(ModelSettings model, int channels, int classes) {
        int width = model.encoderDim();
        List<ParameterSpec> specs = new ArrayList<>(encoder(model, channels));
        specs.add(new ParameterSpec(
                "pos_embed", List.of(1L, 1L + model.numPatches(), (long) width), Initialisation.ZEROS, false));
        specs.add(ParameterSpec.normWeight("fc_norm.weight", width));
        specs.add(ParameterSpec.normBias("fc_norm.bias", width));
        specs.add(new ParameterSpec(
                "head.weight", List.of((long) classes, (long) width), Initialisation.NORMAL_2E5, true));
        specs.add(ParameterSpec.bias("head.bias", classes));
        return List.copyOf(specs);
    }

    private static List<ParameterSpec> stem(ModelSettings model, int channels) {
        int width = model.encoderDim();
        int patch = model.patchSize();
        return List.of(
                ParameterSpec.token("cls_token", width),
                ParameterSpec.weight("patch_embed.proj.weight", width, channels, patch, patch),
                ParameterSpec.bias("patch_embed.proj.bias", width));
    }

    private static List<ParameterSpec> encoderBlocks(ModelSettings model) {
        List<ParameterSpec> specs = new ArrayList<>();
        for (int k = 0; k < model.encoderDepth(); k++) {
            specs.addAll(block("blocks." + k + ".", model.encoderDim(), model.mlpRatio()));
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
