package io.maeharness.baselines.beit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.baselines.tokenizer.CountedSteps;
import io.maeharness.baselines.tokenizer.PixelMapping;
import io.maeharness.baselines.tokenizer.SuppliedTokenizerStage;
import io.maeharness.baselines.tokenizer.TinyTokenizer;
import io.maeharness.baselines.tokenizer.TrainedTokenizerStage;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.KnnRecipe;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.frozen.KnnStage;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.pretrain.PretrainStage;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.supervised.FinetuneStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeitStageTest {
    @TempDir
    Path directory;

    private static StageExecutor.Direct executor() {
        return new StageExecutor.Direct();
    }

    private static BeitStage stage() {
        return TinyBeit.stage(TinyTokenizer.stage(), Precision.FP32);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void wordsOfMaskedPatchesAreLearned(Precision precision) {
        BeitStage stage = TinyBeit.stage(TinyTokenizer.stage(), precision);
        executor().execute(stage.tokenizer(), TinyTokenizer.environment(directory));
        CountedSteps steps = new CountedSteps();
        StageOutcome outcome = executor().execute(stage, TinyTokenizer.environment(directory, steps, () -> false));
        double chance = Math.log(stage.tokenizer().vocabulary());
        assertEquals(chance, steps.first(), 0.1);
        assertTrue(outcome.metrics().get("loss") < 0.95 * chance, outcome.toString());
        assertEquals("bundled", outcome.facts().get("tokenizer trained on"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void aTrainingCutAnywhereEndsWithTheSameBits(int cut) throws IOException {
        Path whole = directory.resolve("whole");
        Path pieces = directory.resolve("pieces");
        for (Path stages : List.of(whole, pieces)) {
            executor().execute(stage().tokenizer(), TinyTokenizer.environment(stages));
        }
        StageOutcome expected = executor().execute(stage(), TinyTokenizer.environment(whole));
        CountedSteps steps = new CountedSteps();
        var stopping = TinyTokenizer.environment(pieces, steps, () -> steps.count() >= cut);
        assertThrows(StageInterruptedException.class, () -> executor().execute(stage(), stopping));
        StageOutcome resumed = executor().execute(stage(), TinyTokenizer.environment(pieces));
        assertEquals(expected.metrics(), resumed.metrics());
        assertArrayEquals(weights(stage(), whole), weights(stage(), pieces));
    }

    private static byte[] weights(Stage stage, Path stages) throws IOException {
        return Files.readAllBytes(
                TinyTokenizer.environment(stages).directoryOf(stage).resolve(FinishedWeights.FILE));
    }

    @Test
    void laterStagesTakeTheEncoder() {
        BeitStage stage = stage();
        SupervisedRecipe supervised = new SupervisedRecipe(
                TinyTokenizer.schedule(1, 8e-3), TinyBeit.ADAM, 0.75, 0.1, 0.1, 0, 0, 0, 0.5, 0, 0.5);
        KnnRecipe neighbours = new KnnRecipe(5, 0.07, Pooling.GAP);
        for (Stage next : List.of(
                stage.tokenizer(),
                stage,
                new KnnStage(
                        1,
                        stage.data(),
                        stage.model(),
                        Optional.of(stage),
                        false,
                        neighbours,
                        7,
                        Precision.FP32,
                        Optional.empty()),
                new FinetuneStage(
                        1, stage.data(), stage.model(), Optional.of(stage), supervised, -1, 7, Precision.FP32))) {
            StageOutcome outcome = executor().execute(next, TinyTokenizer.environment(directory));
            outcome.metrics().values().forEach(value -> assertTrue(Double.isFinite(value), next.kind()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theMaskedAutoencoderLearnsTheSameWords(int wordsPerSide) {
        TrainedTokenizerStage tokenizer = TinyTokenizer.stage(TinyTokenizer.recipe(wordsPerSide));
        PretrainRecipe recipe = new PretrainRecipe(
                new MaskRatio(0.75),
                new MaskSampling.Random(),
                false,
                new ReconstructionTarget.Word(),
                0.125,
                Augmentation.CROP_RANDOM_SIZE,
                0.5,
                TinyTokenizer.schedule(6, 4e-2),
                TinyBeit.ADAM);
        PretrainStage stage = new PretrainStage(
                1, tokenizer.data(), tokenizer.model(), recipe, 7, Precision.FP32, Optional.of(tokenizer));
        executor().execute(tokenizer, TinyTokenizer.environment(directory));
        double loss = executor()
                .execute(stage, TinyTokenizer.environment(directory))
                .metrics()
                .get("loss");
        assertTrue(loss < 0.95 * Math.log(tokenizer.vocabulary()), "loss " + loss);
    }

    /** Of which the provenance then names the version. */
    @Test
    void onnxRuntimeComputesWordsOnTheProcessorAndAGpuItsOwnUnlessTheTokenizerIsSupplied() {
        TokenizerStage supplied = new SuppliedTokenizerStage(
                1,
                TinyTokenizer.data(),
                TinyTokenizer.MODEL,
                "0".repeat(64),
                16,
                32,
                PixelMapping.DALL_E,
                Optional.empty(),
                0,
                Precision.FP32);
        assertTrue(stage().usesOnnxRuntime(false));
        assertFalse(stage().usesOnnxRuntime(true));
        assertTrue(TinyBeit.stage(supplied, Precision.FP32).usesOnnxRuntime(false));
        assertTrue(TinyBeit.stage(supplied, Precision.FP32).usesOnnxRuntime(true));
    }

    @Test
    void severalWordsAPatchAreRefusedWithTheKeyToChange() {
        TrainedTokenizerStage tokenizer = TinyTokenizer.stage(TinyTokenizer.recipe(2));
        HarnessException e = assertThrows(HarnessException.class, () -> executor()
                .execute(TinyBeit.stage(tokenizer, Precision.FP32), TinyTokenizer.environment(directory)));
        assertTrue(e.getMessage().contains("tokenizer.wordsPerSide=1"), e.getMessage());
    }
}
