package io.maeharness.baselines.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageContext;
import java.awt.Color;
import java.nio.file.Path;
import java.util.Arrays;

/** Draws what a tokenizer does: images beside their reconstruction, and its vocabulary with the use of each word. */
final class TokenizerPictures {
    /** Images above what their words stand for. */
    static final String RECONSTRUCTION = "reconstruction.png";

    /** Frequencies of the words, and the words themselves. */
    static final String CODEBOOK = "codebook.png";

    private static final int IMAGES = 24;
    private static final int IMAGES_A_ROW = 8;
    private static final int GAP = 6;
    private static final int SHOWN_SIDE = 64;
    private static final int MOST_WORDS = 1024;
    private static final int WORDS_A_ROW = 32;
    private static final int TILE = 16;
    private static final int BARS_HEIGHT = 140;
    private static final Color UNUSED = new Color(225, 225, 225);
    private static final Color BAR = new Color(31, 119, 180);

    private final TrainedTokenizerStage stage;
    private final StageContext context;
    private final DiscreteVae vae;
    private final Weights weights;

    TokenizerPictures(TrainedTokenizerStage stage, StageContext context, DiscreteVae vae, Weights weights) {
        this.stage = stage;
        this.context = context;
        this.vae = vae;
        this.weights = weights;
    }

    /** Writes rows of validation images, each above a row of what their words stand for. */
    void reconstructions(Path file) {
        int size = stage.recipe().pictureSize(stage.model());
        int scale = Math.max(1, SHOWN_SIDE / size);
        int side = size * scale + GAP;
        int count = Math.min(IMAGES, context.data().validation().size());
        int bands = (count + IMAGES_A_ROW - 1) / IMAGES_A_ROW;
        Sheet sheet = new Sheet(
                IMAGES_A_ROW * side + GAP,
                bands * (2 * side + GAP) + GAP,
                context.data().statistics());
        float[] images = images(count, size);
        float[] restored = restored(images, count, size);
        for (int n = 0; n < count; n++) {
            int left = GAP + n % IMAGES_A_ROW * side;
            int top = GAP + n / IMAGES_A_ROW * (2 * side + GAP);
            sheet.paint(left, top, images, n, size, 0, size, scale);
            sheet.paint(left, top + side, restored, n, size, 0, size, scale);
        }
        sheet.write(file);
    }

    private float[] images(int count, int size) {
        StageRandom random = new StageRandom(stage.seed());
        var validation = context.data().validation();
        int[] chosen = Arrays.copyOf(random.permutation(Purpose.FIGURE, 0, validation.size()), count);
        try (BatchLoader loader = new BatchLoader(
                validation, new EvaluationTransform(), context.data().statistics(), size, random, 0)) {
            Batch batch = loader.load(0, chosen);
            return Arrays.copyOf(batch.images(), count * validation.channels() * size * size);
        }
    }

    private float[] restored(float[] images, int count, int size) {
        try (NDManager scope = context.manager().newSubManager()) {
            Shape shape = new Shape(count, context.data().validation().channels(), size, size);
            NDArray words = vae.logits(scope.create(images, shape), weights).argMax(1);
            return HostCopy.floats(vae.picture(words, weights));
        }
    }

    /** Writes a bar for each word, the most frequent first, above what the words stand for in the same order. */
    void codebook(Path file, CodebookUsage usage) {
        int[] order = Arrays.copyOf(usage.byFrequency(), Math.min(MOST_WORDS, usage.vocabulary()));
        int rows = (order.length + WORDS_A_ROW - 1) / WORDS_A_ROW;
        int cell = TILE + 2;
        Sheet sheet = new Sheet(
                WORDS_A_ROW * cell + 2 * GAP,
                BARS_HEIGHT + rows * cell + 3 * GAP,
                context.data().statistics());
        bars(sheet, order, usage, WORDS_A_ROW * cell);
        float[] tiles = tiles(order);
        int pixels = stage.recipe().wordPixels();
        int scale = Math.max(1, TILE / pixels);
        for (int k = 0; k < order.length; k++) {
            int left = GAP + k % WORDS_A_ROW * cell;
            int top = BARS_HEIGHT + 2 * GAP + k / WORDS_A_ROW * cell;
            if (usage.count(order[k]) == 0) {
                sheet.fill(left, top, TILE, TILE, UNUSED);
            } else {
                sheet.paint(left, top, tiles, k, 3 * pixels, pixels, Math.min(pixels, TILE), scale);
            }
        }
        sheet.write(file);
    }

    private static void bars(Sheet sheet, int[] order, CodebookUsage usage, int width) {
        double most = Math.max(1, usage.count(order[0]));
        for (int k = 0; k < order.length; k++) {
            int left = GAP + k * width / order.length;
            int right = Math.max(left + 1, GAP + (k + 1) * width / order.length - (width >= 3 * order.length ? 1 : 0));
            int height = (int) Math.ceil(BARS_HEIGHT * usage.count(order[k]) / most);
            sheet.fill(left, GAP + BARS_HEIGHT - height, right - left, height, BAR);
        }
        sheet.fill(GAP, GAP + BARS_HEIGHT, width, 1, Color.DARK_GRAY);
    }

    /** What words stand for among their like: pictures [words, C, 3 * P, 3 * P] of three by three places. */
    private float[] tiles(int[] words) {
        try (NDManager scope = context.manager().newSubManager()) {
            long[] grids = new long[words.length * 9];
            for (int i = 0; i < grids.length; i++) {
                grids[i] = words[i / 9];
            }
            return HostCopy.floats(vae.picture(scope.create(grids, new Shape(words.length, 3, 3)), weights));
        }
    }
}
