package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.engine.Crossings;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.DeviceTokens;
import io.maeharness.core.stage.PatchTokens;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the processor, where the engine can be held against ONNX Runtime. */
class EngineTokensTest {
    private static final int IMAGES = 40;

    @TempDir
    Path directory;

    private NDManager manager;
    private StageContext context;

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
        StageEnvironment environment = TinyTokenizer.environment(directory);
        StageData data = StageData.of(TinyTokenizer.data(), Optional.empty());
        context = new StageContext(data, environment, manager);
    }

    @AfterEach
    void close() {
        context.close();
    }

    private static TokenizerRecipe recipe(int wordsPerSide, int wordPixels) {
        TokenizerRecipe tiny = TinyTokenizer.recipe(wordsPerSide);
        return new TokenizerRecipe(tiny.schedule(), tiny.adam(), 16, wordsPerSide, wordPixels, 8, 1, 1, 0.1, 0.02, 0.5);
    }

    private TrainedTokenizerStage trained(int wordsPerSide, int wordPixels) {
        TrainedTokenizerStage stage = TinyTokenizer.stage(recipe(wordsPerSide, wordPixels));
        new StageExecutor.Direct().execute(stage, context.environment());
        return stage;
    }

    private float[] views() {
        int size = TinyTokenizer.MODEL.imageSize();
        try (BatchLoader loader = new BatchLoader(
                context.data().held(),
                new EvaluationTransform(),
                context.data().statistics(),
                size,
                new StageRandom(0),
                0)) {
            Batch batch = loader.load(0, IntStream.range(0, IMAGES).toArray());
            return batch.images().clone();
        }
    }

    private NDArray images(float[] views) {
        int size = TinyTokenizer.MODEL.imageSize();
        return manager.create(views, new Shape(IMAGES, 1, size, size));
    }

    /** The picture halved, as it is, and doubled; one word a patch and four. */
    @ParameterizedTest
    @CsvSource({"1,4", "1,8", "1,16", "2,4"})
    void theWordsOfTheDeviceAreThoseOfOnnxRuntime(int wordsPerSide, int wordPixels) {
        TrainedTokenizerStage stage = trained(wordsPerSide, wordPixels);
        float[] views = views();
        try (PatchTokens processor = stage.open(context);
                DeviceTokens device = stage.openOn(manager, context)) {
            DeviceTokens.Words words = device.of(images(views), 0);
            assertEquals(
                    new Shape(IMAGES, 16, stage.wordsPerPatch()),
                    words.numbers().getShape());
            long[] expected = processor.of(views, IMAGES);
            assertArrayEquals(expected, words.numbers().toLongArray());
            assertTrue(IntStream.range(0, expected.length)
                            .mapToLong(i -> expected[i])
                            .distinct()
                            .count()
                    > 1);
            device.demandFinite(words.doubt().toFloatArray(), "those");
        }
    }

    /** Whole numbers in fp64 are exact, in whatever order a device adds them. */
    @ParameterizedTest
    @CsvSource({"4", "16"})
    void viewsAreResizedAsOnTheProcessorToTheBit(int wordPixels) {
        TrainedTokenizerStage stage = TinyTokenizer.stage(recipe(1, wordPixels));
        int size = stage.recipe().pictureSize(stage.model());
        float[] views = views();
        float[] expected = new TokenizerInput(
                        context.data().statistics(),
                        PixelMapping.STANDARDISED,
                        stage.model().imageSize(),
                        size,
                        1)
                .of(views, 0, IMAGES);
        Map<String, NDArray> how = EngineTokens.resizing(
                manager, stage.model().imageSize(), size, context.data().statistics());
        try (DiscreteVae vae = new DiscreteVae(manager, stage.recipe(), 1)) {
            assertArrayEquals(expected, vae.resized(images(views), how).toFloatArray());
        }
    }

    @Test
    void nothingCrossesForWords() {
        TrainedTokenizerStage stage = TinyTokenizer.stage(recipe(1, 4));
        left(stage, TinyTokenizer.untrained(stage, manager));
        NDArray images = images(views());
        try (DeviceTokens device = stage.openOn(manager, context)) {
            long up = Crossings.uploads();
            long down = Crossings.downloads();
            device.of(images, 0);
            assertEquals(0, Crossings.uploads() - up);
            assertEquals(0, Crossings.downloads() - down);
        }
    }

    private TrainedTokenizerStage left(TrainedTokenizerStage stage, Map<String, NDArray> weights) {
        FinishedWeights.write(context.directoryOf(stage), weights);
        return stage;
    }

    /** A tokenizer without weights gives every word its bias, whatever it sees. */
    private TrainedTokenizerStage withScores(float... scores) {
        TrainedTokenizerStage stage = TinyTokenizer.stage(recipe(1, 8));
        Map<String, NDArray> weights = TinyTokenizer.untrained(stage, manager);
        weights.get("encoder.words.weight").muli(0);
        weights.get("encoder.words.bias").set(scores);
        return left(stage, weights);
    }

    @Test
    void ofEquallyProbableWordsTheFirstIsChosen() {
        float[] scores = new float[16];
        scores[5] = 1;
        scores[11] = 1;
        try (DeviceTokens device = withScores(scores).openOn(manager, context)) {
            long[] words = device.of(images(views()), 0).numbers().toLongArray();
            assertTrue(Arrays.stream(words).allMatch(word -> word == 5));
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void aScoreThatIsNotFiniteMakesNoWord(float score) {
        float[] scores = new float[16];
        scores[3] = score;
        TrainedTokenizerStage stage = withScores(scores);
        try (DeviceTokens device = stage.openOn(manager, context)) {
            float[] doubt = device.of(images(views()), 7).doubt().toFloatArray();
            assertArrayEquals(new float[] {7, 3, score}, doubt);
            HarnessException e =
                    assertThrows(HarnessException.class, () -> device.demandFinite(doubt, "those of step 2"));
            assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
            assertTrue(e.getMessage().contains("answers " + score + " for word 3 on image 7 of those of step 2"));
        }
    }

    /** One image of several is bad, behind the first: its number and place are those that the processor would name. */
    @Test
    void theFirstImageWithAScoreThatIsNotFiniteIsNamed() {
        TrainedTokenizerStage stage = TinyTokenizer.stage(recipe(1, 8));
        left(stage, TinyTokenizer.untrained(stage, manager));
        float[] views = views();
        int values = views.length / IMAGES;
        views[12 * values + 5] = Float.NaN;
        views[30 * values] = Float.NaN;
        try (DeviceTokens device = stage.openOn(manager, context)) {
            float[] doubt = device.of(images(views), 100).doubt().toFloatArray();
            assertEquals(112, doubt[0]);
            assertTrue(Float.isNaN(doubt[2]));
        }
    }

    @Test
    void lostWeightsAreNamedInOneLine() {
        HarnessException e =
                assertThrows(HarnessException.class, () -> TinyTokenizer.stage().openOn(manager, context));
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        assertTrue(e.getMessage().contains(FinishedWeights.FILE + " are missing"), e.getMessage());
    }
}
