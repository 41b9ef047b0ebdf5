package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.pretrain.PretrainStage;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.supervised.FinetuneStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole stage on one device and on several: the same files, byte by byte. */
class StageOnDevicesTest {
    @TempDir
    private Path directory;

    @Test
    void aPreTrainingLeavesTheSameBytes() throws IOException {
        demandSame(pretrain(4), "cpu", "cpu+cpu", "cpu+cpu+cpu+cpu");
    }

    @Test
    void aFineTuningLeavesTheSameBytesAndAccuracies() throws IOException {
        demandSame(finetune(2), "cpu", "cpu+cpu", "cpu+cpu+cpu+cpu"); // of four devices, two have a shard
    }

    /** One device that computes all four keeps a sum, and two that wait. */
    @Test
    void shardsNeedMemoryForTheirSums() {
        double weights = 4.0
                * Layout.encoder(Tiny.MODEL, 1, EncoderForm.PLAIN).stream()
                        .filter(spec -> spec.product())
                        .mapToLong(ParameterSpec::count)
                        .sum();
        double more = finetune(4).bytes(1) - finetune(1).bytes(1);
        assertTrue(more > 2.5 * weights && more < 3.5 * weights, more + " for " + weights + " a set");
    }

    /** Features do not depend on the device that computed their batch. */
    @Test
    void aProbeAndNeighboursFindTheSameAccuracies() {
        for (Stage stage : List.of(Tiny.probe(Optional.empty()), Tiny.knn(Optional.empty(), false))) {
            StageOutcome expected = outcome(stage, "cpu");
            for (String devices : List.of("cpu+cpu", "cpu+cpu+cpu+cpu")) {
                StageOutcome several = outcome(stage, devices);
                assertEquals(expected.metrics(), several.metrics(), devices);
                assertEquals(expected.correct(), several.correct(), devices);
            }
        }
    }

    @Test
    void aStepThatIsWholeIsComputedOnTheFirstDevice() throws IOException {
        demandSame(Tiny.pretrain(), "cpu", "cpu+cpu");
    }

    @Test
    void shardsArePartOfAStagesIdentityWhereThereAreSeveral() {
        assertFalse(StageHash.toJson(pretrain(1)).contains("shards"));
        assertEquals(StageHash.of(Tiny.pretrain()), StageHash.of(pretrain(1)));
        assertTrue(StageHash.toJson(pretrain(4)).contains("\"shards\":4"));
        assertNotEquals(StageHash.of(pretrain(1)), StageHash.of(pretrain(4)));
        assertEquals(pretrain(4), StageHash.fromJson(StageHash.toJson(pretrain(4))));
        assertEquals(pretrain(1), StageHash.fromJson(StageHash.toJson(pretrain(1))));
    }

    private void demandSame(Stage stage, String first, String... others) throws IOException {
        StageOutcome expected = outcome(stage, first);
        byte[] bytes = weights(stage, first);
        for (String devices : others) {
            assertEquals(expected.metrics(), outcome(stage, devices).metrics(), devices);
            assertArrayEquals(bytes, weights(stage, devices), devices);
        }
    }

    private StageOutcome outcome(Stage stage, String devices) {
        return new StageExecutor.Direct().execute(stage, Tiny.together(directory.resolve(devices), devices));
    }

    private byte[] weights(Stage stage, String devices) throws IOException {
        Path of = Tiny.together(directory.resolve(devices), devices).directoryOf(stage);
        return Files.readAllBytes(of.resolve(FinishedWeights.FILE));
    }

    private static Schedule cut(int shards) {
        Schedule whole = Tiny.schedule(2);
        return new Schedule(
                whole.epochs(),
                whole.warmupEpochs(),
                whole.batchSize(),
                whole.microBatch(),
                whole.baseLr(),
                whole.minLr(),
                shards,
                whole.maxSteps());
    }

    private static PretrainStage pretrain(int shards) {
        PretrainRecipe whole = Tiny.recipe("random", false, "pixel");
        return Tiny.pretrain(
                new PretrainRecipe(
                        whole.maskRatio(),
                        whole.maskSampling(),
                        whole.encoderMaskTokens(),
                        whole.target(),
                        whole.pcaShare(),
                        whole.augmentation(),
                        whole.minCropScale(),
                        shards == 1 ? whole.schedule() : cut(shards),
                        whole.adam()),
                Precision.FP32);
    }

    private static FinetuneStage finetune(int shards) {
        SupervisedRecipe whole = Tiny.supervised(0);
        FinetuneStage stage = Tiny.finetune(Optional.empty(), -1);
        return new FinetuneStage(
                stage.version(),
                stage.data(),
                stage.model(),
                stage.encoder(),
                new SupervisedRecipe(
                        cut(shards),
                        whole.adam(),
                        whole.layerDecay(),
                        whole.dropPath(),
                        whole.labelSmoothing(),
                        whole.mixup(),
                        whole.cutmix(),
                        whole.randAugmentMagnitude(),
                        whole.randAugmentStd(),
                        whole.erasing(),
                        whole.minCropScale()),
                stage.tunedBlocks(),
                stage.seed(),
                stage.precision());
    }
}
