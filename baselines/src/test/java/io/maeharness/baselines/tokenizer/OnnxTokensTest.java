package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.PatchTokens;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxTokensTest {
    private static final int IMAGES = 40;

    @TempDir
    Path directory;

    /** One word, four words, and one word of which the picture has to be enlarged. */
    @ParameterizedTest
    @ValueSource(strings = {"1,4", "2,4", "1,8", "1,16"})
    void theWordsOfOnnxRuntimeAreThoseOfTheEngine(String sides) {
        int wordsPerSide = Integer.parseInt(sides.substring(0, 1));
        int wordPixels = Integer.parseInt(sides.substring(2));
        TrainedTokenizerStage stage = TinyTokenizer.stage(recipe(wordsPerSide, wordPixels));
        StageEnvironment environment = TinyTokenizer.environment(directory);
        new StageExecutor.Direct().execute(stage, environment);
        try (NDManager manager = Torch.open("cpu")) {
            StageData data = StageData.of(stage.data(), Optional.empty());
            StageContext context = new StageContext(data, environment, manager);
            float[] views = views(data, stage.model().imageSize());
            try (PatchTokens tokens = stage.open(context)) {
                assertEquals(wordsPerSide * wordsPerSide, tokens.wordsPerPatch());
                long[] words = tokens.of(views, IMAGES);
                long[] expected = byPatch(engine(stage, context, views), 4, wordsPerSide);
                assertArrayEquals(expected, words);
                assertTrue(IntStream.range(0, words.length)
                                .mapToLong(i -> words[i])
                                .distinct()
                                .count()
                        > 1);
            }
        }
    }

    private static TokenizerRecipe recipe(int wordsPerSide, int wordPixels) {
        TokenizerRecipe tiny = TinyTokenizer.recipe(wordsPerSide);
        return new TokenizerRecipe(tiny.schedule(), tiny.adam(), 16, wordsPerSide, wordPixels, 8, 1, 1, 0.1, 0.02, 0.5);
    }

    private static float[] views(StageData data, int size) {
        try (BatchLoader loader = new BatchLoader(
                data.held(), new EvaluationTransform(), data.statistics(), size, new StageRandom(0), 0)) {
            Batch batch = loader.load(0, IntStream.range(0, IMAGES).toArray());
            return batch.images().clone();
        }
    }

    /** Words in rows and columns of the whole picture, by the engine. */
    private static long[] engine(TrainedTokenizerStage stage, StageContext context, float[] views) {
        int size = stage.recipe().pictureSize(stage.model());
        TokenizerInput input = new TokenizerInput(
                context.data().statistics(),
                PixelMapping.STANDARDISED,
                stage.model().imageSize(),
                size,
                1);
        try (DiscreteVae vae = new DiscreteVae(context.manager(), stage.recipe(), 1)) {
            Weights weights =
                    Weights.of(context.manager(), DiscreteVae.layout(stage.recipe(), 1), context.weightsOf(stage));
            NDArray pictures = context.manager().create(input.of(views, 0, IMAGES), new Shape(IMAGES, 1, size, size));
            return vae.logits(pictures, weights).argMax(1).toLongArray();
        }
    }

    private static long[] byPatch(long[] words, int grid, int perSide) {
        int side = grid * perSide;
        long[] sorted = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            int image = i / (side * side);
            int row = i / side % side;
            int column = i % side;
            int patch = row / perSide * grid + column / perSide;
            sorted[((image * grid * grid) + patch) * perSide * perSide + row % perSide * perSide + column % perSide] =
                    words[i];
        }
        return sorted;
    }

    @Test
    void aLostModelIsNamedInOneLine() {
        try (NDManager manager = Torch.open("cpu")) {
            TrainedTokenizerStage stage = TinyTokenizer.stage();
            StageContext context = new StageContext(
                    StageData.of(stage.data(), Optional.empty()), TinyTokenizer.environment(directory), manager);
            HarnessException e = assertThrows(HarnessException.class, () -> stage.open(context));
            assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
            assertTrue(e.getMessage().contains(TokenizerFile.NAME), e.getMessage());
        }
    }
}
