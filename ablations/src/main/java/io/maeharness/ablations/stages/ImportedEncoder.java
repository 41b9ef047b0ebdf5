package io.maeharness.ablations.stages;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.interop.exchange.ImportedStage;
import java.util.Optional;

/**
 * A model that was trained elsewhere, in place of the pre-training of a case.
 *
 * @param stage identity of its weights
 * @param fileName name of the file it came in, for the reader of a table
 */
public record ImportedEncoder(ImportedStage stage, String fileName) {
    private static final int SHOWN_DIGITS = 12;

    /**
     * The model of a file.
     *
     * @param settings whose model it fits, and whose masking its decoder is asked to reconstruct with
     * @param data images that it is to be used on
     * @param digest SHA-256 of the file, hexadecimal
     * @param learnedPositions whether its positions were trained
     * @param decoder whether it can reconstruct
     * @param fileName name of the file
     */
    public static ImportedEncoder of(
            Settings settings,
            DataIdentity data,
            String digest,
            boolean learnedPositions,
            boolean decoder,
            String fileName) {
        // Nothing is drawn and nothing computed: all seeds and number formats share the weights.
        return new ImportedEncoder(
                new ImportedStage(
                        ImportedStage.VERSION,
                        data,
                        settings.model(),
                        digest,
                        learnedPositions,
                        decoder,
                        settings.pretrain(),
                        0,
                        Precision.FP32),
                fileName);
    }

    /** Whether it is the encoder of these settings, whatever their decoder. */
    boolean fits(ModelSettings model) {
        ModelSettings own = stage.model();
        return own.imageSize() == model.imageSize()
                && own.patchSize() == model.patchSize()
                && own.encoderDim() == model.encoderDim()
                && own.encoderDepth() == model.encoderDepth()
                && own.encoderHeads() == model.encoderHeads()
                && own.mlpRatio() == model.mlpRatio();
    }

    /** Whether a stage is this model or starts from it. */
    public boolean leadsTo(Stage other) {
        for (Optional<Stage> ancestor = Optional.of(other);
                ancestor.isPresent();
                ancestor = ancestor.get().parent()) {
            if (ancestor.get().equals(stage)) {
                return true;
            }
        }
        return false;
    }

    /** The file and the beginning of its digest, for a note. */
    public String origin() {
        return fileName + " (sha256 " + stage.digest().substring(0, SHOWN_DIGITS) + "…)";
    }
}
