package io.maeharness.core.train;

import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.KnnRecipe;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.ProbeRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;
import io.maeharness.core.frozen.KnnStage;
import io.maeharness.core.frozen.LinearProbeStage;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.pretrain.PretrainStage;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageProgress;
import io.maeharness.core.supervised.FinetuneStage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Stages that take a second: 96 bundled images, a model of two narrow blocks. */
public final class Tiny {
    public static final ModelSettings MODEL = new ModelSettings(32, 8, 16, 2, 2, 12, 1, 1, 2);
    public static final DataSettings DATA = new DataSettings(DataSource.BUNDLED, 0.1, 96, 64, Split.VALIDATION);
    private static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 0.05, 0);

    private Tiny() {}

    public static Schedule schedule(double epochs) {
        return new Schedule(epochs, 0.5, 32, 16, 8e-3, 0, 0);
    }

    public static PretrainRecipe recipe(String sampling, boolean maskTokens, String target) {
        return new PretrainRecipe(
                new MaskRatio(0.75),
                MaskSampling.of(sampling),
                maskTokens,
                ReconstructionTarget.of(target),
                0.125,
                Augmentation.CROP_RANDOM_SIZE,
                0.5,
                schedule(3),
                ADAM);
    }

    public static PretrainStage pretrain(PretrainRecipe recipe, Precision precision) {
        return new PretrainStage(1, StageData.identify(DATA, Optional.empty()), MODEL, recipe, 7, precision);
    }

    public static PretrainStage pretrain() {
        return pretrain(recipe("random", false, "pixel"), Precision.FP32);
    }

    public static SupervisedRecipe supervised(double emaDecay) {
        return new SupervisedRecipe(
                schedule(2), new AdamSettings(0.9, 0.999, 0.05, emaDecay), 0.75, 0.1, 0.1, 0.8, 1, 9, 0.5, 0.25, 0.5);
    }

    public static FinetuneStage finetune(Optional<EncoderStage> encoder, double tunedBlocks) {
        return new FinetuneStage(
                1,
                pretrain().data(),
                MODEL,
                encoder,
                supervised(encoder.isPresent() ? 0 : 0.9),
                tunedBlocks,
                7,
                Precision.FP32);
    }

    public static FinetuneStage in(FinetuneStage stage, Precision precision) {
        return new FinetuneStage(
                1, stage.data(), MODEL, stage.encoder(), stage.recipe(), stage.tunedBlocks(), 7, precision);
    }

    public static LinearProbeStage probe(Optional<EncoderStage> encoder) {
        ProbeRecipe recipe = new ProbeRecipe(schedule(3), 0.9, 0.001, 0, Pooling.CLS, 0.5, 2);
        return new LinearProbeStage(1, pretrain().data(), MODEL, encoder, recipe, 7, Precision.FP32);
    }

    public static KnnStage knn(Optional<EncoderStage> encoder, boolean rawPixels) {
        return new KnnStage(
                1,
                pretrain().data(),
                MODEL,
                encoder,
                rawPixels,
                new KnnRecipe(5, 0.07, Pooling.GAP),
                7,
                Precision.FP32);
    }

    /** The same evaluation of an encoder that is not finished. */
    public static KnnStage after(KnnStage knn, int percent) {
        return new KnnStage(
                1, knn.data(), MODEL, knn.encoder(), false, knn.recipe(), 7, Precision.FP32, Optional.of(percent));
    }

    public static FinetuneStage atTwiceTheResolution(FinetuneStage stage) {
        return new FinetuneStage(
                1,
                stage.data(),
                MODEL.withImageSize(2 * MODEL.imageSize()),
                stage.encoder(),
                stage.recipe(),
                stage.tunedBlocks(),
                7,
                Precision.FP32);
    }

    public static StageEnvironment environment(Path stages, StageProgress progress, BooleanSupplier stop) {
        return new StageEnvironment(stages, Optional.empty(), "cpu", Duration.ofHours(1), progress, stop);
    }

    /** Several processors that are one, which compute a stage together: {@code cpu+cpu}. */
    public static StageEnvironment together(Path stages, String devices) {
        return new StageEnvironment(
                stages, Optional.empty(), devices, Duration.ofHours(1), StageProgress.silent(), () -> false);
    }

    public static StageEnvironment environment(Path stages) {
        return environment(stages, StageProgress.silent(), () -> false);
    }
}
