package io.maeharness.baselines.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Tokenizers that are trained in a second: 96 bundled images, a vocabulary of 16 words. */
public final class TinyTokenizer {
    /** Two narrow blocks, 4 x 4 patches. */
    public static final ModelSettings MODEL = new ModelSettings(32, 8, 16, 2, 2, 12, 1, 1, 2);

    private static final DataSettings DATA = new DataSettings(DataSource.BUNDLED, 0.1, 96, 64, Split.VALIDATION);

    private TinyTokenizer() {}

    /** The images. */
    public static DataIdentity data() {
        return StageData.identify(DATA, Optional.empty());
    }

    /** A schedule of three steps an epoch. */
    public static Schedule schedule(double epochs, double baseLr) {
        return new Schedule(epochs, 0.5, 32, 16, baseLr, 0, 0);
    }

    /** A recipe with some words for each patch. */
    public static TokenizerRecipe recipe(int wordsPerSide) {
        return new TokenizerRecipe(
                schedule(3, 4e-2), new AdamSettings(0.9, 0.99, 0, 0), 16, wordsPerSide, 4, 8, 1, 1, 0.1, 0.02, 0.5);
    }

    /** A stage with one word for each patch. */
    public static TrainedTokenizerStage stage() {
        return stage(recipe(1));
    }

    /** A stage of a recipe. */
    public static TrainedTokenizerStage stage(TokenizerRecipe recipe) {
        return new TrainedTokenizerStage(1, data(), MODEL, recipe, 7, Precision.FP32);
    }

    /** The weights that a training without a step would leave; owned by the manager. */
    public static Map<String, NDArray> untrained(TrainedTokenizerStage stage, NDManager manager) {
        return Weights.initialise(
                        manager, DiscreteVae.layout(stage.recipe(), 1), new StageRandom(2), Purpose.INITIALISATION)
                .byName();
    }

    /** An environment that hears nothing. */
    public static StageEnvironment environment(Path stages) {
        return environment(stages, StageProgress.silent(), () -> false);
    }

    /** An environment with a listener. */
    public static StageEnvironment environment(Path stages, StageProgress progress, BooleanSupplier stop) {
        return new StageEnvironment(stages, Optional.empty(), "cpu", Duration.ofHours(1), progress, stop);
    }
}
