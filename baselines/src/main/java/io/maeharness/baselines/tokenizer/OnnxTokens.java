package io.maeharness.baselines.tokenizer;

import io.maeharness.core.stage.PatchTokens;
import io.maeharness.core.train.FiniteRow;
import io.maeharness.interop.onnx.OnnxModel;
import java.util.Arrays;

/** A tokenizer that ONNX Runtime runs: the most probable word of each place, sorted by patches. */
final class OnnxTokens implements PatchTokens {
    private static final long LOGITS_AT_ONCE = 1 << 23;

    private final OnnxModel model;
    private final String output;
    private final TokenizerInput input;
    private final int vocabulary;
    private final int grid;
    private final int wordsPerSide;
    private final int batch;
    private long tokenised;

    /**
     * Runs a model; closes it at the end.
     *
     * @param output name of the logits, [N, V, g, g]
     * @param grid patches along a side of a view
     * @param wordsPerSide words along a side of a patch, so that g = grid * wordsPerSide
     */
    OnnxTokens(OnnxModel model, String output, TokenizerInput input, int vocabulary, int grid, int wordsPerSide) {
        this.model = model;
        this.output = output;
        this.input = input;
        this.vocabulary = vocabulary;
        this.grid = grid;
        this.wordsPerSide = wordsPerSide;
        long open = model.inputShape()[0];
        long fit = LOGITS_AT_ONCE / ((long) vocabulary * places() * places());
        batch = (int) (open > 0 ? open : Math.max(1, Math.min(64, fit)));
    }

    private int places() {
        return grid * wordsPerSide;
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public int wordsPerPatch() {
        return wordsPerSide * wordsPerSide;
    }

    @Override
    public long[] of(float[] views, int count) {
        long[] words = new long[count * places() * places()];
        for (int from = 0; from < count; from += batch) {
            int some = Math.min(batch, count - from);
            float[] pictures = input.of(views, from, some);
            long images = model.inputShape()[0] > 0 ? batch : some;
            float[] logits = model.run(
                    padded(pictures, (int) images),
                    new long[] {images, input.channels(), input.size(), input.size()},
                    output);
            for (int n = 0; n < some; n++) {
                choose(logits, n, words, from + n);
            }
        }
        tokenised += count;
        return words;
    }

    /** A model with a fixed batch gets whole batches. */
    private float[] padded(float[] pictures, int images) {
        int values = images * input.channels() * input.size() * input.size();
        return pictures.length >= values ? pictures : Arrays.copyOf(pictures, values);
    }

    private void choose(float[] logits, int number, long[] words, int image) {
        int side = places();
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                int patch = row / wordsPerSide * grid + column / wordsPerSide;
                int within = row % wordsPerSide * wordsPerSide + column % wordsPerSide;
                int at = (image * grid * grid + patch) * wordsPerPatch() + within;
                words[at] =
                        largest(logits, number * vocabulary * side * side + row * side + column, side * side, image);
            }
        }
    }

    /** The first word of the largest logit. */
    private int largest(float[] logits, int offset, int stride, int image) {
        int best = 0;
        for (int word = 0; word < vocabulary; word++) {
            float logit = logits[offset + word * stride];
            if (!Float.isFinite(logit)) {
                throw FiniteRow.refused(
                        "the tokenizer " + model.file(),
                        logit,
                        "word " + word,
                        "those that it was given",
                        tokenised + image);
            }
            if (logit > logits[offset + best * stride]) {
                best = word;
            }
        }
        return best;
    }

    @Override
    public void close() {
        model.close();
    }
}
