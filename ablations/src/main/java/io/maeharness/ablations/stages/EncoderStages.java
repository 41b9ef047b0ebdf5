package io.maeharness.ablations.stages;

import io.maeharness.core.frozen.KnnStage;
import io.maeharness.core.frozen.LinearProbeStage;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageInputs;
import io.maeharness.core.supervised.FinetuneStage;

/**
 * What is measured of one encoder, whatever method it comes from: the same recipes for all.
 *
 * @param inputs of case and seed
 * @param encoder where the weights come from
 */
public record EncoderStages(StageInputs inputs, EncoderStage encoder) {
    /** End-to-end fine-tuning. */
    public Stage finetune() {
        return FinetuneStage.of(inputs, encoder, encoder.model());
    }

    /**
     * Fine-tuning of the last blocks.
     *
     * @param tunedBlocks encoder blocks trained; 0.5 is the MLP half of the last one, all of them trains everything
     */
    public Stage finetune(double tunedBlocks) {
        return FinetuneStage.of(inputs, encoder, tunedBlocks);
    }

    /**
     * End-to-end fine-tuning at another resolution than that of the pre-training.
     *
     * @param size side of the input, pixels
     */
    public Stage finetuneAt(int size) {
        return FinetuneStage.of(inputs, encoder, encoder.model().withImageSize(size));
    }

    /** A linear classifier on the frozen features. */
    public Stage probe() {
        return LinearProbeStage.of(inputs, encoder);
    }

    /** Nearest neighbours on the frozen features. */
    public Stage neighbours() {
        return KnnStage.of(inputs, encoder);
    }

    /**
     * Nearest neighbours on the features of the encoder as it was after a part of its pre-training.
     *
     * @param percent 25, 50 or 75
     */
    public Stage neighboursAfter(int percent) {
        return KnnStage.after(inputs, encoder, percent);
    }
}
