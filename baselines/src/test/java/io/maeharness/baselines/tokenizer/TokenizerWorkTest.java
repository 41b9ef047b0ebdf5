package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.stage.Workload;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenizerWorkTest {
    private static final DataIdentity DATA =
            new DataIdentity(new DataSettings(DataSource.BUNDLED, 0.1, 0, 0, Split.TEST), "none");
    private static final ModelSettings MODEL = new ModelSettings(32, 4, 4, 1, 1, 4, 1, 1, 1);
    private static final TokenizerRecipe RECIPE = new TokenizerRecipe(
            new Schedule(1, 0, 8, 8, 1e-3, 0, 0), new AdamSettings(0.9, 0.99, 0, 0), 256, 1, 4, 32, 1, 1, 0.1, 0, 0.5);

    @Test
    void theEncodersConvolutionsAreCountedOneByOne() {
        double first = 16 * 16 * (4 * 4 * 1 * 16);
        double second = 8 * 8 * (4 * 4 * 16 * 32);
        double residual = 8 * 8 * (3 * 3 * 32 * 32 + 32 * 32);
        double words = 8 * 8 * (32 * 256);
        TokenizerStage stage = new TrainedTokenizerStage(1, DATA, MODEL, RECIPE, 0, Precision.FP32);
        assertEquals(first + second + residual + words, stage.macsOfWords(1), 1);
        assertEquals(6 * (first + second + residual + words), TokenizerWork.trainingMacs(RECIPE, MODEL, 1), 1);
    }

    /** The training decides how many workers fit, so its activations count. */
    @Test
    void trainingNeedsMoreMemoryThanTheEngineAndGrowsWithTheMicroBatch() {
        double four = stage(4).bytes(1);
        double eight = stage(8).bytes(1);
        double words = 8 * 8 * 256 * Float.BYTES;
        assertTrue(eight - four >= 4 * words, "four images keep at least the scores of their words");
        assertTrue(four > TrainingMemory.ENGINE);
    }

    private static TrainedTokenizerStage stage(int microBatch) {
        Schedule schedule = new Schedule(1, 0, 8, microBatch, 1e-3, 0, 0);
        TokenizerRecipe recipe = new TokenizerRecipe(schedule, RECIPE.adam(), 256, 1, 4, 32, 1, 1, 0.1, 0, 0.5);
        return new TrainedTokenizerStage(1, DATA, MODEL, recipe, 0, Precision.FP32);
    }

    private static TokenizerStage supplied() {
        return new SuppliedTokenizerStage(
                1, DATA, MODEL, "0".repeat(64), 256, 32, PixelMapping.DALL_E, Optional.empty(), 0, Precision.FP32);
    }

    @Test
    void nothingIsKnownOfASuppliedOne() {
        assertEquals(0, supplied().macsOfWords(1), 0);
    }

    /** A forecast has a GPU wait for the processor, or compute in fp32. */
    @Test
    void theWordsOfATrainedOneAreWorkOfTheGpuAndThoseOfASuppliedOneAreNot() {
        TokenizerStage trained = stage(4);
        Workload.Host views = Workload.Host.views(100, MODEL.pixels());
        assertEquals(views, views.tokenised(trained, 1));
        Workload.Device words = trained.wordsOnGpu(100, 1);
        assertEquals(100 * trained.macsOfWords(1), words.macsInFp32(), 1);
        double scores = 100.0 * 8 * 8 * 256 * Float.BYTES;
        assertTrue(words.traffic() > 4 * scores && words.traffic() < 8 * scores, words.toString());
        assertEquals(4, trained.wordsOnGpu(1024, 1).launches() / words.launches(), 1e-9);
        assertEquals(Workload.Device.NONE, supplied().wordsOnGpu(100, 1));
        assertEquals(100.0 * 8 * 8 * 256, views.tokenised(supplied(), 1).values(), 1e-9);
    }
}
