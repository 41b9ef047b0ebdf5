package io.maeharness.core.stage;

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
     * Opens the tokenizer that the finished stage left; the caller closes it.
     *
     * @throws HarnessException of kind CHECKPOINT when it is missing or damaged
     */
    PatchTokens open(StageContext context);

    @Override
    @JsonIgnore
    default Optional<String> note() {
        return Optional.of("tokenizer trained on " + trainedOn());
    }

    @Override
    @JsonIgnore
    default boolean usesOnnxRuntime() {
        return true;
    }

    @Override
    @JsonIgnore
    default Drawings drawings() {
        return Drawings.BY_KIND;
    }
}
