package io.maeharness.interop.onnx;

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
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.StageProgress;
import io.maeharness.core.supervised.FinetuneStage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Stages that take a second or two on 160 bundled images, computed as workers do. */
final class TinyRun {
    static final ModelSettings MODEL = new ModelSettings(32, 8, 24, 2, 2, 16, 1, 2, 2);
    static final DataSettings DATA = new DataSettings(DataSource.BUNDLED, 0.1, 160, 100, Split.TEST);
    private static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 0.05, 0);
    private static final long SEED = 5;

    private TinyRun() {}

    static StageOutcome compute(Stage stage, Path stages) {
        StageEnvironment environment = new StageEnvironment(
                stages, Optional.empty(), "cpu", Duration.ofHours(1), StageProgress.silent(), () -> false);
        return new StageExecutor.Direct().execute(stage, environment);
    }

    static PretrainStage pretrain() {
        PretrainRecipe recipe = new PretrainRecipe(
                new MaskRatio(0.75),
                new MaskSampling.Random(),
                false,
                new ReconstructionTarget.Pixel(),
                0.125,
                Augmentation.NONE,
                0.5,
                schedule(2),
                ADAM);
        return new PretrainStage(1, identity(), MODEL, recipe, SEED, Precision.FP32);
    }

    static FinetuneStage finetune(Optional<EncoderStage> encoder, Precision precision) {
        SupervisedRecipe recipe = new SupervisedRecipe(schedule(6), ADAM, 1, 0, 0.1, 0, 0, 0, 0, 0, 0.8);
        return new FinetuneStage(1, identity(), MODEL, encoder, recipe, -1, SEED, precision);
    }

    static LinearProbeStage probe(Optional<EncoderStage> encoder, Pooling pooling) {
        ProbeRecipe recipe = new ProbeRecipe(schedule(4), 0.9, 0.001, 0, pooling, 0.5, 2);
        return new LinearProbeStage(1, identity(), MODEL, encoder, recipe, SEED, Precision.FP32);
    }

    static KnnStage neighbours(EncoderStage encoder) {
        return new KnnStage(
                1,
                identity(),
                MODEL,
                Optional.of(encoder),
                false,
                new KnnRecipe(5, 0.07, Pooling.GAP),
                SEED,
                Precision.FP32,
                Optional.empty());
    }

    static StageExport export(Stage stage, Path stages) {
        return new StageExport(stage, stages, Optional.empty(), Optional.empty(), "test");
    }

    private static Schedule schedule(double epochs) {
        return new Schedule(epochs, 0.5, 32, 16, 8e-3, 0, 0);
    }

    private static DataIdentity identity() {
        return StageData.identify(DATA, Optional.empty());
    }
}
