package io.maeharness.baselines.tokenizer;

import java.util.Locale;
import java.util.Map;

/**
 * What the pictures of a trained tokenizer show, with what was measured on held images.
 *
 * @param stage the tokenizer
 * @param metrics what it yielded
 */
record TokenizerCaptions(TrainedTokenizerStage stage, Map<String, Double> metrics) {
    /** The caption of a picture by the name of its file. */
    String of(String picture) {
        return picture.startsWith("codebook") ? codebook() : reconstruction();
    }

    private String reconstruction() {
        TokenizerRecipe recipe = stage.recipe();
        int words = stage.model().numPatches() * recipe.wordsPerPatch();
        return String.format(
                Locale.ROOT,
                "Validation images, and below each what a decoder makes of its %,d words alone, from a vocabulary of"
                        + " %,d; the tokenizer was trained on %s. Mean squared error of a standardised pixel on held"
                        + " images: %.3f.",
                words,
                recipe.vocabulary(),
                stage.trainedOn(),
                metrics.get("reconstruction"));
    }

    private String codebook() {
        return String.format(
                Locale.ROOT,
                "How often each of the tokenizer's %,d words is chosen on held images, the most frequent first (bars),"
                        + " and what each stands for among its like, in the same order (squares; light grey where never"
                        + " chosen). %.0f %% of the words are used; perplexity %.0f.",
                stage.recipe().vocabulary(),
                metrics.get("usage"),
                metrics.get("perplexity"));
    }
}
