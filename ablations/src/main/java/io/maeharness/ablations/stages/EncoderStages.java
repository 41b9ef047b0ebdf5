package io.maeharness.ablations.stages;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import java.util.Optional;

/**
 * What is measured of one encoder, whatever method it comes from: the same recipes for all.
 *
 * @param stages case and seed
 * @param encoder where the weights come from
 */
public record EncoderStages(CaseStages stages, EncoderStage encoder) {
    /** End-to-end fine-tuning. */
    public Stage finetune() {
        return finetune(CaseStages.EVERYTHING);
    }

    /**
     * Fine-tuning of the last blocks.
     *
     * @param tunedBlocks encoder blocks trained; 0.5 is the MLP half of the last one, all of them trains everything
     */
    public Stage finetune(double tunedBlocks) {
        double tuned = tunedBlocks >= encoder.model().encoderDepth() ? CaseStages.EVERYTHING : tunedBlocks;
        return finetune(encoder.model(), tuned);
    }

    /**
     * End-to-end fine-tuning at another resolution than that of the pre-training.
     *
     * @param size side of the input, pixels
     */
    public Stage finetuneAt(int size) {
        return finetune(encoder.model().withImageSize(size), CaseStages.EVERYTHING);
    }

    private Stage finetune(ModelSettings model, double tuned) {
        return new Stage.Finetune(
                StageVersions.FINETUNE,
                stages.data(),
                model,
                Optional.of(encoder),
                stages.settings().finetune(),
                tuned,
                stages.seed(),
                stages.precision());
    }

    /** A linear classifier on the frozen features. */
    public Stage probe() {
        return new Stage.LinearProbe(
                StageVersions.LINEAR_PROBE,
                stages.data(),
                encoder.model(),
                Optional.of(encoder),
                stages.settings().probe(),
                stages.seed(),
                stages.precision());
    }

    /** Nearest neighbours on the frozen features. */
    public Stage neighbours() {
        return neighbours(Optional.empty());
    }

    /**
     * Nearest neighbours on the features of the encoder as it was after a part of its pre-training.
     *
     * @param percent 25, 50 or 75
     */
    public Stage neighboursAfter(int percent) {
        return neighbours(Optional.of(percent));
    }

    private Stage neighbours(Optional<Integer> snapshot) {
        return new Stage.Knn(
                StageVersions.KNN,
                stages.data(),
                encoder.model(),
                Optional.of(encoder),
                false,
                stages.settings().knn(),
                stages.seed(),
                stages.precision(),
                snapshot);
    }
}
