package io.maeharness.baselines.tokenizer;

import io.maeharness.core.model.Initialisation;
import io.maeharness.core.model.ParameterSpec;
import java.util.ArrayList;
import java.util.List;

/** Parameters of the discrete VAE by the names with which {@code script/tokenizer.py} reads them. */
final class TokenizerLayout {
    private static final int STRIDED_KERNEL = 4;
    private static final int WIDE_KERNEL = 3;

    private TokenizerLayout() {}

    /**
     * Encoder, then decoder.
     *
     * @param channels C of the pictures
     */
    static List<ParameterSpec> of(TokenizerRecipe recipe, int channels) {
        List<ParameterSpec> specs = new ArrayList<>();
        int halvings = halvings(recipe);
        int width = recipe.hidden();
        for (int k = 0; k < halvings; k++) {
            int from = k == 0 ? channels : width >> (halvings - k);
            convolution(specs, "encoder.down." + k, width >> (halvings - 1 - k), from, STRIDED_KERNEL);
        }
        residuals(specs, "encoder.blocks.", recipe);
        convolution(specs, "encoder.words", recipe.vocabulary(), width, 1);
        convolution(specs, "decoder.words", width, recipe.vocabulary(), 1);
        residuals(specs, "decoder.blocks.", recipe);
        for (int k = 0; k < halvings; k++) {
            int to = k == halvings - 1 ? channels : width >> (k + 1);
            transposed(specs, "decoder.up." + k, width >> k, to);
        }
        return List.copyOf(specs);
    }

    /** Halvings of the side from picture to words. */
    static int halvings(TokenizerRecipe recipe) {
        return Integer.numberOfTrailingZeros(recipe.wordPixels());
    }

    private static void residuals(List<ParameterSpec> specs, String prefix, TokenizerRecipe recipe) {
        for (int k = 0; k < recipe.residualBlocks(); k++) {
            convolution(specs, prefix + k + ".wide", recipe.hidden(), recipe.hidden(), WIDE_KERNEL);
            convolution(specs, prefix + k + ".narrow", recipe.hidden(), recipe.hidden(), 1);
        }
    }

    private static void convolution(List<ParameterSpec> specs, String name, long to, long from, long kernel) {
        add(specs, name, List.of(to, from, kernel, kernel), to);
    }

    private static void transposed(List<ParameterSpec> specs, String name, long from, long to) {
        add(specs, name, List.of(from, to, (long) STRIDED_KERNEL, (long) STRIDED_KERNEL), to);
    }

    private static void add(List<ParameterSpec> specs, String name, List<Long> shape, long outputs) {
        specs.add(new ParameterSpec(name + ".weight", shape, Initialisation.XAVIER_UNIFORM, true));
        specs.add(new ParameterSpec(name + ".bias", List.of(outputs), Initialisation.ZEROS, true));
    }
}
