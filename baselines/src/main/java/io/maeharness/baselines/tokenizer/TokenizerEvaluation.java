package io.maeharness.baselines.tokenizer;

import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.train.Evaluation;
import java.util.Arrays;
import java.util.List;

/** A trained tokenizer on held images: how well its words restore them, and which words it uses. */
final class TokenizerEvaluation {
    private static final int PIXELS_AT_ONCE = 1 << 18;

    private final CodebookUsage usage;
    private double error;
    private double divergence;
    private long images;

    /** Measures on the held images of the stage. */
    TokenizerEvaluation(TrainedTokenizerStage stage, StageContext context, DiscreteVae vae, Weights weights) {
        usage = new CodebookUsage(stage.vocabulary());
        int size = stage.recipe().pictureSize(stage.model());
        int batch = Math.max(1, Math.min(64, PIXELS_AT_ONCE / (size * size)));
        new Evaluation(context.manager(), size, batch, context.environment().stopRequested())
                .run(
                        context.data().held(),
                        new EvaluationTransform(),
                        context.data().statistics(),
                        new StageRandom(stage.seed()),
                        0,
                        List.of(pictures -> vae.measure(pictures, weights)),
                        (outputs, labels, count) -> add(outputs, count));
    }

    /** Takes rows of words, error and divergence. */
    private void add(float[] rows, int count) {
        int columns = rows.length / count;
        for (int n = 0; n < count; n++) {
            int from = n * columns;
            usage.add(words(Arrays.copyOfRange(rows, from, from + columns - 2)));
            error += rows[from + columns - 2];
            divergence += rows[from + columns - 1];
        }
        images += count;
    }

    private static long[] words(float[] values) {
        long[] words = new long[values.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (long) values[i];
        }
        return words;
    }

    /** Mean squared error of a standardised pixel. */
    double reconstruction() {
        return error / images;
    }

    /** Mean divergence of a place's words from the uniform distribution, nats. */
    double divergence() {
        return divergence / images;
    }

    /** Which words were chosen. */
    CodebookUsage usage() {
        return usage;
    }
}
