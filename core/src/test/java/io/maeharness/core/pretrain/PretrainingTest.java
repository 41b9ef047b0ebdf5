package io.maeharness.core.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.JniUtils;
import io.maeharness.core.engine.Crossings;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.core.stage.DeviceTokens;
import io.maeharness.core.stage.PatchTokens;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.DataParallel;
import io.maeharness.core.train.MemberBits;
import io.maeharness.core.train.StepWords;
import io.maeharness.core.train.Tiny;
import io.maeharness.core.train.TrainingDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PretrainingTest {
    /** 2,830 of PyTorch 2.7.1, those that are part of others counted too. */
    private static final int MOST_OPERATIONS = 2950;

    /** Patch numbers of 32 images, and the step's. */
    private static final int OTHER_BYTES = 32 * 16 * Long.BYTES + Float.BYTES;

    private static final StageData DATA = StageData.of(Tiny.DATA, Optional.empty());

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theNumberOfDevicesChangesNoBit(Precision precision) {
        MemberBits.demandEqual(device -> open(precision, device), precision == Precision.FP32 ? 1e-5 : 1e-2);
    }

    /** Pixels, masks, number of the step; the loss. On a GPU the last two wait for what was asked of it before. */
    @Test
    void aStepCrossesToTheDeviceAndBackFourTimes() {
        try (NDManager device = Torch.open("cpu");
                DataParallel<Pretraining> training =
                        DataParallel.of(List.of(device), 1, manager -> open(Precision.FP32, manager))) {
            training.step(0, 1e-3);
            long up = Crossings.uploads();
            long down = Crossings.downloads();
            training.step(1, 1e-3);
            assertEquals(3, Crossings.uploads() - up);
            assertEquals(1, Crossings.downloads() - down);
        }
    }

    /** Of pixels; what a patch's place and the number of the step take is the same. */
    @Test
    void aStepOfADeviceThatIsFedAsAGpuSendsAQuarterOfTheBytes() {
        long plain = bytesOfAStep(device -> device);
        long fed = bytesOfAStep(TrainingDevice::fedAsGpu);
        long values = (long) (Tiny.schedule(1).batchSize() * Tiny.MODEL.pixels());
        assertEquals(4 * values, plain - OTHER_BYTES);
        assertEquals(values, fed - OTHER_BYTES);
    }

    private static long bytesOfAStep(UnaryOperator<TrainingDevice> how) {
        try (NDManager manager = Torch.open("cpu");
                Pretraining training = open(Precision.FP32, how.apply(TrainingDevice.of(manager)))) {
            training.step(0, 1e-3);
            long up = Crossings.uploads();
            long bytes = Crossings.uploadedBytes();
            training.step(1, 1e-3);
            assertEquals(3, Crossings.uploads() - up);
            return Crossings.uploadedBytes() - bytes;
        }
    }

    /** On a GPU each is a kernel, whose start takes longer than its work in small models. */
    @Test
    void aStepAsksForNoMoreOperationsThanItsBudget(@TempDir Path directory) throws IOException {
        Path trace = directory.resolve("trace.json");
        try (NDManager device = Torch.open("cpu");
                Pretraining training = open(Precision.FP32, TrainingDevice.of(device))) {
            training.step(0, 1e-3);
            JniUtils.startProfile(false, false, false);
            training.step(1, 1e-3);
            JniUtils.stopProfile(trace.toString());
        }
        long operations = Files.readString(trace)
                .lines()
                .filter(line -> line.contains("\"name\": \"aten::"))
                .count();
        assertTrue(operations > 0 && operations < MOST_OPERATIONS, operations + " operations");
    }

    /** Four shards on one device are four chunks, whose losses are read together. */
    @Test
    void theLossIsReadOnceAStepAndNotOnceAChunk() {
        try (NDManager device = Torch.open("cpu");
                DataParallel<Pretraining> training =
                        DataParallel.of(List.of(device), 4, manager -> open(Precision.FP32, manager))) {
            training.step(0, 1e-3);
            long up = Crossings.uploads();
            long down = Crossings.downloads();
            training.step(1, 1e-3);
            assertEquals(4 * 2 + 1, Crossings.uploads() - up);
            assertEquals(1, Crossings.downloads() - down);
        }
    }

    /** Which a GPU does to have less to start. */
    @Test
    void aDeviceThatComputesOnMoreImagesAtOnceFindsTheSameLoss() {
        try (NDManager device = Torch.open("cpu");
                Pretraining few = open(Precision.FP32, new TrainingDevice(device, OptionalInt.of(3), 1));
                Pretraining many = open(Precision.FP32, new TrainingDevice(device, OptionalInt.of(16), 1))) {
            double expected = few.step(0, 1e-3);
            assertEquals(expected, many.step(0, 1e-3), 1e-5 * expected);
            expected = few.step(1, 1e-3);
            assertEquals(expected, many.step(1, 1e-3), 1e-5 * expected);
        }
    }

    /** As on GPUs, whose words are computed where the training is. */
    @Test
    void theNumberOfDevicesThatComputeTheirWordsChangesNoBit() {
        MemberBits.demandEqual(device -> words(device, StepWords.onDevice(new SignsOnDevice(-1))), 1e-5);
    }

    @Test
    void wordsOfTheDeviceAreThoseOfTheProcessorWithoutACrossing() {
        try (NDManager device = Torch.open("cpu");
                Pretraining here = words(
                        TrainingDevice.of(device),
                        StepWords.onProcessor(new SignsOnProcessor(), TrainingDevice.of(device)));
                Pretraining there = words(TrainingDevice.of(device), StepWords.onDevice(new SignsOnDevice(-1)))) {
            assertEquals(here.step(0, 1e-3), there.step(0, 1e-3));
            long up = Crossings.uploads();
            long down = Crossings.downloads();
            assertEquals(here.step(1, 1e-3), there.step(1, 1e-3));
            assertEquals(4 + 3, Crossings.uploads() - up, "the processor's words go up");
            assertEquals(1 + 1, Crossings.downloads() - down);
            assertEquals(Set.of("words computed by"), there.facts().keySet());
            assertEquals(Set.of(), here.facts().keySet());
        }
    }

    @Test
    void wordsThatCannotBeRankedEndTheStepInWhichTheyWereChosen() {
        try (NDManager device = Torch.open("cpu");
                Pretraining training = words(TrainingDevice.of(device), StepWords.onDevice(new SignsOnDevice(3)))) {
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> training.step(4, 1e-3));
            assertEquals("image 3 of those of step 5", e.getMessage());
        }
    }

    private static Pretraining words(TrainingDevice device, StepWords words) {
        PretrainStage stage = Tiny.pretrain(Tiny.recipe("random", false, "dvae-token"), Precision.FP32);
        PatchTarget target = new PatchTarget(new ReconstructionTarget.Word(), 2, new float[0]);
        return new Pretraining(stage, DATA, target, Optional.of(words), device);
    }

    /** The sign of a pixel of the patch's number. */
    private record SignsOnProcessor() implements PatchTokens {
        @Override
        public int vocabulary() {
            return 2;
        }

        @Override
        public int wordsPerPatch() {
            return 1;
        }

        @Override
        public long[] of(float[] views, int count) {
            int patches = Tiny.MODEL.numPatches();
            int values = Tiny.MODEL.imageSize() * Tiny.MODEL.imageSize();
            long[] words = new long[count * patches];
            for (int i = 0; i < words.length; i++) {
                words[i] = views[i / patches * values + i % patches] > 0 ? 1 : 0;
            }
            return words;
        }

        @Override
        public void close() {}
    }

    /** The same on the device; the image that it doubts is given. */
    private record SignsOnDevice(int doubted) implements DeviceTokens {
        @Override
        public Words of(NDArray images, int first) {
            long patches = Tiny.MODEL.numPatches();
            NDArray pixels = images.reshape(images.getShape().get(0), -1).get(":, :" + patches);
            NDArray numbers = pixels.gt(0).toType(DataType.INT64, true).expandDims(2);
            return new Words(numbers, images.getManager().create(new float[] {doubted, 0, 0}));
        }

        @Override
        public void demandFinite(float[] doubt, String images) {
            if (doubt[0] >= 0) {
                throw new IllegalStateException("image " + (int) doubt[0] + " of " + images);
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void aDeviceThatFailsEndsTheStepWithItsReason() {
        int[] opened = {0};
        try (NDManager first = Torch.open("cpu");
                NDManager second = Torch.open("cpu");
                DataParallel<Pretraining> training = DataParallel.of(List.of(first, second), 2, device -> {
                    Pretraining replica = open(Precision.FP32, device);
                    if (opened[0]++ == 1) {
                        replica.close();
                    }
                    return replica;
                })) {
            assertThrows(RuntimeException.class, () -> training.step(0, 1e-3));
        }
    }

    @Test
    void shardsAndDevicesAreCountedInPowersOfTwo() {
        try (NDManager device = Torch.open("cpu")) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> DataParallel.of(List.of(device), 3, manager -> open(Precision.FP32, manager)));
            assertEquals(
                    "3 shards on 1 devices: both must be powers of two, and no device may have nothing to do",
                    e.getMessage());
        }
    }

    @Test
    void principalComponentsCostLessThanPixels() {
        double pixels = Tiny.pretrain().macsOfImage(1);
        double components = Tiny.pretrain(Tiny.recipe("random", false, "pca"), Precision.FP32)
                .macsOfImage(1);
        double tokens = Tiny.MODEL.numPatches() + 1;
        assertEquals(3 * tokens * Tiny.MODEL.decoderDim() * (64 - 8), pixels - components, 1e-6, "8 of 64 outputs");
    }

    private static Pretraining open(Precision precision, TrainingDevice device) {
        PretrainStage stage = Tiny.pretrain(Tiny.recipe("block", false, "pixel"), precision);
        int outputs = stage.model().patchValues(1);
        return new Pretraining(
                stage, DATA, new PatchTarget(new ReconstructionTarget.Pixel(), outputs), Optional.empty(), device);
    }
}
