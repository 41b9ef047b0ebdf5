package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.interop.onnx.TokenizerExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppliedTokenizerTest {
    private static final int WORDS = 16;

    @TempDir
    Path directory;

    private Path file;

    /** An encoder as a user might bring it: colour pictures of 4 x 4 words of 8 pixels, like DALL-E's but small. */
    @BeforeEach
    void export() {
        export(Map.of());
    }

    private void export(Map<String, String> properties) {
        export(properties, false);
    }

    private void export(Map<String, String> properties, boolean diverged) {
        file = directory.resolve("dall-e.onnx");
        TokenizerRecipe tiny = TinyTokenizer.recipe(1);
        TokenizerRecipe recipe =
                new TokenizerRecipe(tiny.schedule(), tiny.adam(), WORDS, 1, 8, 8, 1, 1, 0.1, 0.02, 0.5);
        try (NDManager manager = Torch.open("cpu")) {
            Weights weights = Weights.initialise(
                    manager, DiscreteVae.layout(recipe, 3), new StageRandom(1), Purpose.INITIALISATION);
            if (diverged) {
                weights.byName()
                        .get(DiscreteVae.layout(recipe, 3).get(0).name())
                        .muli(Float.NaN);
            }
            TokenizerExport.write(file, recipe.network(), 3, 32, weights.byName(), "test", properties);
        }
    }

    private static ModelSettings patches(int size, int patch) {
        return new ModelSettings(size, patch, 4, 1, 1, 4, 1, 1, 1);
    }

    private SuppliedTokenizerStage stage(SuppliedTokenizer fit, String digest) {
        return new SuppliedTokenizerStage(
                1,
                TinyTokenizer.data(),
                patches(32, 8),
                digest,
                fit.vocabulary(),
                fit.size(),
                PixelMapping.DALL_E,
                Optional.empty(),
                0,
                Precision.FP32);
    }

    @Test
    void theSignatureSaysSizeChannelsAndVocabulary() {
        SuppliedTokenizer fit = SuppliedTokenizer.of(file, patches(32, 8), 3);
        assertEquals(
                List.of("logits", 3, 32, WORDS), List.of(fit.output(), fit.channels(), fit.size(), fit.vocabulary()));
        assertEquals(32, SuppliedTokenizer.of(file, patches(64, 16), 3).size(), "larger images are resized");
    }

    @Test
    void wordsOfLogitsThatAreNoNumbersAreNotChosen() {
        export(Map.of(), true);
        SuppliedTokenizerStage stage = stage(SuppliedTokenizer.of(file, patches(32, 8), 1), TokenizerFile.digest(file));
        TokenizerFile.install(file, directory, stage.digest());
        HarnessException e = assertThrows(HarnessException.class, () -> new StageExecutor.Direct()
                .execute(stage, TinyTokenizer.environment(directory)));
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        assertTrue(e.getMessage().contains("answers NaN for word 0 on image 0 of those"), e.getMessage());
    }

    @Test
    void itServesGreyImagesToo() {
        SuppliedTokenizer fit = SuppliedTokenizer.of(file, patches(32, 8), 1);
        SuppliedTokenizerStage stage = stage(fit, TokenizerFile.digest(file));
        TokenizerFile.install(file, directory, stage.digest());
        StageOutcome outcome = new StageExecutor.Direct().execute(stage, TinyTokenizer.environment(directory));
        assertTrue(outcome.metrics().get("perplexity") > 1, outcome.toString());
        assertTrue(outcome.facts().get("tokenizer trained on").startsWith("unknown data, supplied model "));
    }

    @Test
    void whatTheFileSaysOfItsPixelsIsTakenAndNotContradicted() {
        SuppliedTokenizer silent = SuppliedTokenizer.of(file, patches(32, 8), 3);
        assertEquals(PixelMapping.DALL_E, silent.pixels(Optional.empty()));
        assertEquals(PixelMapping.UNIT, silent.pixels(Optional.of(PixelMapping.UNIT)));
        export(Map.of("pixels", "standardised", "dataset", "somewhere"));
        SuppliedTokenizer says = SuppliedTokenizer.of(file, patches(32, 8), 3);
        assertEquals(PixelMapping.STANDARDISED, says.pixels(Optional.empty()));
        assertEquals(Optional.of("somewhere"), says.origin().dataset());
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> says.pixels(Optional.of(PixelMapping.UNIT)));
        assertTrue(e.getMessage().contains("'standardised', asked for are 'unit'"), e.getMessage());
    }

    @Test
    void whatTheFileSaysOfItsDataIsTakenAndNotContradicted() {
        SuppliedTokenizer silent = SuppliedTokenizer.of(file, patches(32, 8), 3);
        assertEquals(Optional.empty(), silent.dataset(Optional.empty()));
        assertEquals(Optional.of("photographs"), silent.dataset(Optional.of("photographs")));
        export(Map.of("dataset", "bundled"));
        SuppliedTokenizer says = SuppliedTokenizer.of(file, patches(32, 8), 3);
        assertEquals(Optional.of("bundled"), says.dataset(Optional.empty()));
        assertEquals(Optional.of("bundled"), says.dataset(Optional.of("bundled")));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> says.dataset(Optional.of("photographs")));
        assertTrue(e.getMessage().contains("trained on 'bundled', given is 'photographs'"), e.getMessage());
    }

    @Test
    void propertiesOfAForeignFileMayMeanAnything() {
        export(Map.of("pixels", "0-255", "mean", "0.5;0.5"));
        SuppliedTokenizer foreign = SuppliedTokenizer.of(file, patches(32, 8), 3);
        assertEquals(PixelMapping.UNIT, foreign.pixels(Optional.of(PixelMapping.UNIT)));
        assertEquals(Optional.empty(), foreign.origin().statistics());
    }

    @Test
    void theFileSaysByWhatItsPixelsAreStandardised() {
        export(Map.of("pixels", "standardised", "mean", "[0.5, 0.5, 0.4]", "std", "[0.25, 0.25, 0.2]"));
        assertEquals(
                Optional.of(new PixelStatistics(List.of(0.5, 0.5, 0.4), List.of(0.25, 0.25, 0.2))),
                SuppliedTokenizer.of(file, patches(32, 8), 3).origin().statistics());
    }

    @Test
    void propertiesThatAreNoNumbersAreRefusedInOneLine() {
        export(Map.of("pixels", "standardised", "mean", "[a]", "std", "[0.25]"));
        assertRefused(patches(32, 8), 3, "its property 'mean' is '[a]', needed are 3 numbers");
        export(Map.of("pixels", "standardised", "mean", "[123.675, 116.28, 103.53]", "std", "[0.25, 0.25, 0.25]"));
        assertRefused(patches(32, 8), 3, "3 numbers of pixels from 0 to 1");
        export(Map.of("pixels", "standardised", "mean", "[0.5, 0.5, 0.5]"));
        assertRefused(patches(32, 8), 3, "its property 'std' is ''");
    }

    @Test
    void anotherFileThanTheOneOfTheStageIsRefused() {
        SuppliedTokenizer fit = SuppliedTokenizer.of(file, patches(32, 8), 1);
        SuppliedTokenizerStage stage = stage(fit, "0".repeat(64));
        TokenizerFile.install(file, directory, stage.digest());
        HarnessException e = assertThrows(HarnessException.class, () -> new StageExecutor.Direct()
                .execute(stage, TinyTokenizer.environment(directory)));
        assertTrue(e.getMessage().contains("another than the one that was supplied"), e.getMessage());
    }

    @Test
    void wordsThatDoNotFitThePatchesAreRefusedWithBothGrids() {
        assertRefused(patches(32, 4), 3, "4x4 words of a picture of 32 pixels, the model has 8x8 patches");
    }

    @Test
    void channelsThatDoNotFitAreRefusedWithBothNumbers() {
        try (NDManager manager = Torch.open("cpu")) {
            TokenizerRecipe recipe = TinyTokenizer.recipe(1);
            Weights weights = Weights.initialise(
                    manager, DiscreteVae.layout(recipe, 1), new StageRandom(1), Purpose.INITIALISATION);
            TokenizerExport.write(file, recipe.network(), 1, 16, weights.byName(), "test", Map.of());
        }
        assertRefused(patches(32, 8), 3, "pictures of 1 channels, the images have 3");
    }

    @Test
    void aFileThatIsNoModelIsRefusedInOneLine() throws IOException {
        Files.writeString(file, "not a model");
        assertRefused(patches(32, 8), 3, file.toString());
    }

    private void assertRefused(ModelSettings patches, int channels, String reason) {
        HarnessException e = assertThrows(HarnessException.class, () -> SuppliedTokenizer.of(file, patches, channels));
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }
}
