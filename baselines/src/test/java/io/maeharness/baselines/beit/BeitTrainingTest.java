package io.maeharness.baselines.beit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.maeharness.baselines.tokenizer.TinyTokenizer;
import io.maeharness.baselines.tokenizer.TrainedTokenizerStage;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.engine.Crossings;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.stage.DeviceTokens;
import io.maeharness.core.stage.PatchTokens;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.train.DataParallel;
import io.maeharness.core.train.MemberBits;
import io.maeharness.core.train.StepWords;
import io.maeharness.core.train.TrainingDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeitTrainingTest {
    @Test
    void theNumberOfDevicesChangesNoBit() {
        BeitStage stage = TinyBeit.stage(TinyTokenizer.stage(), Precision.FP32);
        StageData data = StageData.of(stage.data(), Optional.empty());
        int patches = stage.model().numPatches();
        MemberBits.demandEqual(
                device -> new BeitTraining(stage, data, StepWords.onProcessor(new FirstPixel(patches), device), device),
                1e-5);
    }

    /** As on GPUs: each device computes the words of its own images. */
    @Test
    void theNumberOfDevicesThatComputeTheirWordsChangesNoBit(@TempDir Path directory) {
        TrainedTokenizerStage tokenizer = TinyTokenizer.stage();
        BeitStage stage = TinyBeit.stage(tokenizer, Precision.FP32);
        try (StageContext context = context(stage, directory)) {
            leave(tokenizer, context, 1);
            MemberBits.demandEqual(device -> open(stage, context, device.fedAsGpu()), 1e-5);
        }
    }

    /** Pixels, masks, drop path and the number of the step go up, the loss comes down with what is doubted of its words. */
    @Test
    void wordsOfTheDeviceCostNoCrossing(@TempDir Path directory) {
        BeitStage stage = TinyBeit.stage(TinyTokenizer.stage(), Precision.FP32);
        new StageExecutor.Direct().execute(stage.tokenizer(), TinyTokenizer.environment(directory));
        try (StageContext context = context(stage, directory)) {
            TrainingDevice device = TrainingDevice.of(context.manager());
            StepWords words = StepWords.of(stage.tokenizer(), context, device);
            try (BeitTraining onDevice = open(stage, context, device);
                    BeitTraining onProcessor = new BeitTraining(stage, context.data(), words, device)) {
                assertArrayEquals(new long[] {4, 1}, crossingsOfAStep(onDevice));
                assertArrayEquals(new long[] {5, 1}, crossingsOfAStep(onProcessor));
                assertEquals(onProcessor.step(2, 1e-3), onDevice.step(2, 1e-3), 0, "the same words");
                assertEquals(
                        "the engine on the device of the training, in fp32",
                        onDevice.facts().get("words computed by"));
                assertFalse(onProcessor.facts().containsKey("words computed by"));
            }
        }
    }

    private static long[] crossingsOfAStep(BeitTraining training) {
        training.step(0, 1e-3);
        long up = Crossings.uploads();
        long down = Crossings.downloads();
        training.step(1, 1e-3);
        return new long[] {Crossings.uploads() - up, Crossings.downloads() - down};
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aStepWhoseWordsCannotBeRankedIsRefused(int shards, @TempDir Path directory) {
        TrainedTokenizerStage tokenizer = TinyTokenizer.stage();
        BeitStage stage = TinyBeit.stage(tokenizer, Precision.FP32);
        try (StageContext context = context(stage, directory)) {
            leave(tokenizer, context, Float.NaN);
            try (DataParallel<BeitTraining> training =
                    DataParallel.of(List.of(context.manager()), shards, device -> open(stage, context, device))) {
                HarnessException e = assertThrows(HarnessException.class, () -> training.step(0, 1e-3));
                assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
                assertTrue(e.getMessage().contains("answers NaN for word 0 on image 0 of those of step 1"));
            }
        }
    }

    private static BeitTraining open(BeitStage stage, StageContext context, TrainingDevice device) {
        DeviceTokens tokens = stage.tokenizer().openOn(device.manager(), context);
        return new BeitTraining(stage, context.data(), StepWords.onDevice(tokens), device);
    }

    private static StageContext context(BeitStage stage, Path directory) {
        StageData data = StageData.of(stage.data(), Optional.empty());
        return new StageContext(data, TinyTokenizer.environment(directory), Torch.open("cpu"));
    }

    /** Leaves weights as the training of a tokenizer does; all are multiplied by a factor. */
    private static void leave(TrainedTokenizerStage tokenizer, StageContext context, float factor) {
        Map<String, NDArray> weights = TinyTokenizer.untrained(tokenizer, context.manager());
        weights.values().forEach(array -> array.muli(factor));
        FinishedWeights.write(context.directoryOf(tokenizer), weights);
    }

    /** It decides how many workers run: one encoder on one view, as in fine-tuning. */
    @Test
    void memoryIsThatOfOneEncoderOnOneView() {
        BeitStage stage = TinyBeit.stage(TinyTokenizer.stage(), Precision.FP32);
        int images = stage.recipe().schedule().microBatch();
        double one = TrainingMemory.finetuning(stage.model(), 1, images, Precision.FP32);
        assertEquals(one, stage.bytes(1));
        assertTrue(one < TrainingMemory.finetuning(stage.model(), 1, 2 * images, Precision.FP32));
    }

    /** Takes the sign of an early pixel for the word of every patch. */
    private record FirstPixel(int patches) implements PatchTokens {
        @Override
        public int vocabulary() {
            return 4;
        }

        @Override
        public int wordsPerPatch() {
            return 1;
        }

        @Override
        public long[] of(float[] images, int count) {
            int values = images.length / count;
            long[] words = new long[count * patches];
            for (int i = 0; i < words.length; i++) {
                words[i] = (images[i / patches * values + i % patches] > 0 ? 1L : 0L) + i % 2;
            }
            return words;
        }

        @Override
        public void close() {}
    }
}
