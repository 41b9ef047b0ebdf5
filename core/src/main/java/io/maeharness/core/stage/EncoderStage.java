package io.maeharness.core.stage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * A stage that leaves an encoder behind: masked pre-training, what it is compared with, or an imported model; yields
 * {@code loss}, the mean of the last epoch.
 *
 * <p>The encoder's weights carry the official names; {@link #form()} says which of them there are.
 */
public interface EncoderStage extends Stage {
    /** What the encoder's positions and residual branches are. */
    @JsonIgnore
    default EncoderForm form() {
        return EncoderForm.PLAIN;
    }

    /** What it is, where it was not trained here, as in a caption; empty for a pre-training. */
    @JsonIgnore
    default Optional<String> source() {
        return Optional.empty();
    }

    /** Length and learning rate of the pre-training; empty for a model that was trained elsewhere. */
    @Override
    @JsonIgnore
    Optional<Schedule> schedule();

    /** How the decoder beside the encoder was trained, so that it can be asked to reconstruct; empty without one. */
    @JsonIgnore
    default Optional<PretrainRecipe> decoding() {
        return Optional.empty();
    }

    @Override
    @JsonIgnore
    default boolean pretrains() {
        return true;
    }

    @Override
    @JsonIgnore
    default List<String> metrics() {
        return List.of("loss");
    }

    /**
     * Multiply-accumulates, forward and backward, of one image, so that methods can be compared at equal cost; 0 for a
     * model that was trained elsewhere.
     *
     * <p>What is trained counts three times its forward pass, what is only run (a teacher, a momentum encoder, a tokenizer)
     * once. A view or crop is not an image: all views of one are counted together.
     *
     * @param channels of a picture
     */
    double macsOfImage(int channels);

    /** Images that the pre-training sees; 0 for a model that was trained elsewhere. */
    default double imagesSeen(ImageFacts images) {
        return schedule().map(images::seen).orElse(0.0);
    }

    @Override
    default double macs(ImageFacts images) {
        return macsOfImage(images.channels()) * imagesSeen(images);
    }

    @Override
    @JsonIgnore
    default Optional<LeftNetwork> network() {
        return Optional.of(LeftNetwork.encoder(form()));
    }
}
