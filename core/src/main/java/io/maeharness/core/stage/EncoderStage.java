package io.maeharness.core.stage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.maeharness.core.config.BeitRecipe;
import io.maeharness.core.config.DinoRecipe;
import io.maeharness.core.config.MocoV3Recipe;
import io.maeharness.core.config.ModelSettings;
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
public sealed interface EncoderStage extends Stage
        permits Stage.Pretrain, EncoderStage.Dino, EncoderStage.MocoV3, EncoderStage.Beit, EncoderStage.Imported {
    /** What the encoder's positions and residual branches are. */
    @JsonIgnore
    default EncoderForm form() {
        return EncoderForm.PLAIN;
    }

    /** Length and learning rate of the pre-training; empty for a model that was trained elsewhere. */
    @JsonIgnore
    Optional<Schedule> schedule();

    /** How the decoder beside the encoder was trained, so that it can be asked to reconstruct; empty without one. */
    @JsonIgnore
    default Optional<PretrainRecipe> decoding() {
        return Optional.empty();
    }

    @Override
    @JsonIgnore
    default List<String> metrics() {
        return List.of("loss");
    }

    /** Self-distillation without labels. Source: Caron et al., arXiv 2104.14294. */
    record Dino(int version, DataIdentity data, ModelSettings model, DinoRecipe recipe, long seed, Precision precision)
            implements EncoderStage {
        /** Checks that the crops fit the model. */
        public Dino {
            recipe.checkFor(model);
        }

        @Override
        public String kind() {
            return "dino";
        }

        @Override
        public Optional<Schedule> schedule() {
            return Optional.of(recipe.schedule());
        }

        @Override
        public EncoderForm form() {
            return EncoderForm.LEARNED_POSITIONS;
        }
    }

    /** Contrastive learning with a momentum encoder. Source: Chen, Xie and He, arXiv 2104.02057. */
    record MocoV3(
            int version, DataIdentity data, ModelSettings model, MocoV3Recipe recipe, long seed, Precision precision)
            implements EncoderStage {
        @Override
        public String kind() {
            return "moco-v3";
        }

        @Override
        public Optional<Schedule> schedule() {
            return Optional.of(recipe.schedule());
        }
    }

    /**
     * Prediction of a tokenizer's words at masked patches. Source: Bao et al., arXiv 2106.08254.
     *
     * @param tokenizer whose words are predicted
     */
    record Beit(
            int version,
            DataIdentity data,
            ModelSettings model,
            BeitRecipe recipe,
            TokenizerStage tokenizer,
            long seed,
            Precision precision)
            implements EncoderStage {
        @Override
        public String kind() {
            return "beit";
        }

        @Override
        public Optional<Schedule> schedule() {
            return Optional.of(recipe.schedule());
        }

        @Override
        public Optional<Stage> parent() {
            return Optional.of(tokenizer);
        }

        @Override
        public EncoderForm form() {
            return EncoderForm.RELATIVE_POSITIONS;
        }
    }

    /**
     * A model that was trained elsewhere.
     *
     * @param digest SHA-256 of the file, hexadecimal
     * @param learnedPositions whether its positions were trained, as fine-tuning does, and are not the fixed table
     * @param decoder whether it has a decoder
     * @param recipe how its decoder is asked to reconstruct: mask ratio and target
     */
    record Imported(
            int version,
            DataIdentity data,
            ModelSettings model,
            String digest,
            boolean learnedPositions,
            boolean decoder,
            PretrainRecipe recipe,
            long seed,
            Precision precision)
            implements EncoderStage {
        @Override
        public String kind() {
            return "imported";
        }

        @Override
        public EncoderForm form() {
            return learnedPositions ? EncoderForm.LEARNED_POSITIONS : EncoderForm.PLAIN;
        }

        @Override
        public Optional<Schedule> schedule() {
            return Optional.empty();
        }

        @Override
        public Optional<PretrainRecipe> decoding() {
            return decoder ? Optional.of(recipe) : Optional.empty();
        }

        @Override
        public List<String> metrics() {
            return List.of();
        }
    }
}
