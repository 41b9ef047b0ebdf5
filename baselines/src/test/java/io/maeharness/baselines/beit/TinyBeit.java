package io.maeharness.baselines.beit;

import io.maeharness.baselines.tokenizer.TinyTokenizer;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.TokenizerStage;

/** A stage that takes a second, on the images and the model of {@link TinyTokenizer}. */
public final class TinyBeit {
    static final AdamSettings ADAM = new AdamSettings(0.9, 0.999, 0.05, 0);

    private TinyBeit() {}

    /** A stage that learns the words of a tokenizer. */
    public static BeitStage stage(TokenizerStage tokenizer, Precision precision) {
        BeitRecipe recipe = new BeitRecipe(TinyTokenizer.schedule(6, 4e-2), ADAM, 0.4, 3, 0.1, 0.1, 0.1, 0.5);
        return new BeitStage(1, TinyTokenizer.data(), TinyTokenizer.MODEL, recipe, tokenizer, 7, precision);
    }
}
