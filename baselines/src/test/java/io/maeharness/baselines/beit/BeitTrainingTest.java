package io.maeharness.baselines.beit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.baselines.tokenizer.TinyTokenizer;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.stage.PatchTokens;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.MemberBits;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BeitTrainingTest {
    @Test
    void theNumberOfDevicesChangesNoBit() {
        BeitStage stage = TinyBeit.stage(TinyTokenizer.stage(), Precision.FP32);
        StageData data = StageData.of(stage.data(), Optional.empty());
        int patches = stage.model().numPatches();
        MemberBits.demandEqual(device -> new BeitTraining(stage, data, new FirstPixel(patches), device), 1e-5);
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
