package io.maeharness.ablations.stages;

import io.maeharness.baselines.tokenizer.PixelMapping;
import io.maeharness.baselines.tokenizer.SuppliedTokenizerStage;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageInputs;
import io.maeharness.core.stage.TokenizerStage;
import java.util.Optional;

/**
 * A tokenizer that the user supplies in place of one that is trained on the images.
 *
 * @param digest SHA-256 of the file, hexadecimal
 * @param vocabulary words it knows
 * @param inputSize side of the pictures it takes, pixels
 * @param pixelMapping what it takes for a pixel
 * @param dataset what it was trained on, where that is known
 */
public record SuppliedModel(
        String digest, int vocabulary, int inputSize, PixelMapping pixelMapping, Optional<String> dataset) {
    /** The stage that measures the use of its words. Nothing is drawn: all seeds and number formats share it. */
    TokenizerStage stage(StageInputs inputs) {
        return new SuppliedTokenizerStage(
                SuppliedTokenizerStage.VERSION,
                inputs.data(),
                inputs.patchesOnly(),
                digest,
                vocabulary,
                inputSize,
                pixelMapping,
                dataset,
                0,
                Precision.FP32);
    }
}
