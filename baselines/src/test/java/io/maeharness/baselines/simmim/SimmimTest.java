package io.maeharness.baselines.simmim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.baselines.tokenizer.TinyTokenizer;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.KnnRecipe;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.frozen.KnnStage;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.train.MemberBits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimmimTest {
    private static final ModelSettings MODEL = new ModelSettings(32, 4, 16, 2, 2, 4, 1, 1, 2);

    @TempDir
    private Path directory;

    @Test
    void wholeUnitsAreMaskedAndTheirNumberIsRoundedUp() {
        UnitMasks masks = new UnitMasks(MODEL, recipe(0.6, 8, 1));
        assertEquals(10 * 4, masks.patches(), "10 of 16 units of 2x2 patches");
        Set<Long> masked = new HashSet<>();
        Arrays.stream(masks.draw(new StageRandom(3), 0, new int[] {5})).forEach(masked::add);
        assertEquals(40, masked.size(), "no patch twice");
        for (long patch : masked) {
            long corner = patch / 8 / 2 * 2 * 8 + patch % 8 / 2 * 2;
            assertTrue(masked.contains(corner) && masked.contains(corner + 9), "a unit is masked as a whole");
        }
    }

    @Test
    void theMasksOfASampleDependOnNothingButSeedEpochAndSample() {
        UnitMasks masks = new UnitMasks(MODEL, recipe(0.6, 8, 1));
        long[] both = masks.draw(new StageRandom(3), 1, new int[] {5, 9});
        long[] alone = masks.draw(new StageRandom(3), 1, new int[] {9});
        assertEquals(Arrays.toString(alone), Arrays.toString(Arrays.copyOfRange(both, 40, 80)));
        long[] later = masks.draw(new StageRandom(3), 2, new int[] {9});
        assertTrue(!Arrays.equals(alone, later), "another epoch has other masks");
    }

    @Test
    void unitsThatDoNotFitAreRefused() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> stage(recipe(0.6, 6, 1)));
        assertTrue(e.getMessage().contains("simmim.maskUnit"), e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> stage(recipe(0.99, 16, 1)));
        assertTrue(e.getMessage().contains("masks all 4 units"), e.getMessage());
    }

    @Test
    void itLearnsAndItsEncoderIsMeasuredLikeAnyOther() {
        SimmimStage stage = stage(recipe(0.6, 8, 12));
        StageOutcome learned = new StageExecutor.Direct().execute(stage, TinyTokenizer.environment(directory));
        StageOutcome begun =
                new StageExecutor.Direct().execute(stage(recipe(0.6, 8, 1)), TinyTokenizer.environment(directory));
        assertTrue(
                learned.metrics().get("loss") < 0.9 * begun.metrics().get("loss"),
                learned.metrics() + " after " + begun.metrics());
        assertTrue(Files.exists(directory.resolve(StageHash.of(stage)).resolve(FinishedWeights.FILE)));
        KnnStage knn = new KnnStage(
                1,
                stage.data(),
                MODEL,
                Optional.of(stage),
                false,
                new KnnRecipe(5, 0.07, Pooling.GAP),
                7,
                Precision.FP32);
        double top1 = new StageExecutor.Direct()
                .execute(knn, TinyTokenizer.environment(directory))
                .metrics()
                .get("top1");
        assertTrue(top1 > 20, "better than chance of ten classes: " + top1);
    }

    @Test
    void theNumberOfDevicesChangesNoBit() {
        SimmimStage stage = stage(recipe(0.6, 8, 1));
        StageData data = StageData.of(stage.data(), Optional.empty());
        MemberBits.demandEqual(device -> new SimmimTraining(stage, data, device), 1e-5);
    }

    private static SimmimStage stage(SimmimRecipe recipe) {
        return new SimmimStage(1, TinyTokenizer.data(), MODEL, recipe, 7, Precision.FP32);
    }

    private static SimmimRecipe recipe(double ratio, int unit, double epochs) {
        return new SimmimRecipe(
                new Schedule(epochs, 0.5, 32, 16, 8e-3, 0, 0),
                new AdamSettings(0.9, 0.999, 0.05, 0),
                ratio,
                unit,
                5,
                0.1,
                1,
                0.5);
    }
}
