package io.maeharness.core.stage;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.maeharness.core.error.HarnessException;
import java.util.Optional;

/** A stage that leaves a discrete tokenizer behind: one or more words of a vocabulary for every patch of an image. */
public interface TokenizerStage extends Stage {
    /** Number of different words. */
    int vocabulary();

    /** Words of one patch. */
    @JsonIgnore
    default int wordsPerPatch() {
        return 1;
    }

    /** What the tokenizer was trained on, for the column "pre-train data". */
    @JsonIgnore
    String trainedOn();

    /**
     * Multiply-accumulates of giving one image its words; 0 where nothing is known of the model.
     *
     * @param channels of a picture
     */
    double macsOfWords(int channels);

    /**
     * What a GPU does to give pictures their words; nothing where ONNX Runtime does so on the processor.
     *
     * @param pictures how many
     * @param channels of a picture
     */
    default Workload.Device wordsOnGpu(double pictures, int channels) {
        return Workload.Device.NONE;
    }

    /**
     * Opens the tokenizer that the finished stage left; the caller closes it.
     *
     * @throws HarnessException of kind CHECKPOINT when it is missing or damaged
     */
    PatchTokens open(StageContext context);

    /**
     * Opens the tokenizer that the finished stage left on a device that computes its words itself; the caller closes it.
     *
     * @param device of the engine
     * @throws HarnessException of kind CHECKPOINT when it is missing or damaged
     */
    default DeviceTokens openOn(NDManager device, StageContext context) {
        throw new IllegalStateException("ONNX Runtime alone computes the words of " + kind());
    }

    @Override
    @JsonIgnore
    default Optional<String> note() {
        return Optional.of("tokenizer trained on " + trainedOn());
    }

    /**
     * Whether ONNX Runtime computes its words, on the processor.
     *
     * @param gpu whether a GPU computes what needs them
     */
    @Override
    default boolean usesOnnxRuntime(boolean gpu) {
        return true;
    }

    @Override
    @JsonIgnore
    default Drawings drawings() {
        return Drawings.BY_KIND;
    }
}
