package io.maeharness.core.stage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.maeharness.core.config.KnnRecipe;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.ProbeRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.SupervisedRecipe;
import java.util.List;
import java.util.Optional;

/**
 * One unit of work whose outcome is determined by its own fields: the fields hold everything that matters, and nothing
 * that does not (no path, no device, no number of workers).
 *
 * <p>Two cases with equal stages share the work. {@link StageHash#of(Stage)} is the identity.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Stage.Pretrain.class, name = "pretrain"),
    @JsonSubTypes.Type(value = Stage.Finetune.class, name = "finetune"),
    @JsonSubTypes.Type(value = Stage.LinearProbe.class, name = "linear-probe"),
    @JsonSubTypes.Type(value = Stage.Knn.class, name = "knn"),
    @JsonSubTypes.Type(value = Stage.Reconstruct.class, name = "reconstruct"),
    @JsonSubTypes.Type(value = EncoderStage.Dino.class, name = "dino"),
    @JsonSubTypes.Type(value = EncoderStage.MocoV3.class, name = "moco-v3"),
    @JsonSubTypes.Type(value = EncoderStage.Beit.class, name = "beit"),
    @JsonSubTypes.Type(value = EncoderStage.Imported.class, name = "imported"),
    @JsonSubTypes.Type(value = TokenizerStage.Trained.class, name = "tokenizer"),
    @JsonSubTypes.Type(value = TokenizerStage.Supplied.class, name = "supplied-tokenizer"),
    @JsonSubTypes.Type(value = WallClock.class, name = "wall-clock")
})
public sealed interface Stage
        permits EncoderStage,
                TokenizerStage,
                Stage.Finetune,
                Stage.LinearProbe,
                Stage.Knn,
                Stage.Reconstruct,
                WallClock {
    /** Raised when the meaning of a kind of stage changes, so that results of the old meaning are not reused. */
    int version();

    /** Images. */
    DataIdentity data();

    /** Architecture. */
    ModelSettings model();

    /** Seed of every random draw of the stage. */
    long seed();

    /** Number format, already resolved from {@code auto}. */
    Precision precision();

    /** The stage whose weights this one starts from. */
    @JsonIgnore
    default Optional<Stage> parent() {
        return Optional.empty();
    }

    /** Whether nothing else may be computed on the machine meanwhile, as what else runs would change the outcome. */
    @JsonIgnore
    default boolean exclusive() {
        return false;
    }

    /** Short name of the kind, as in the JSON form. */
    @JsonIgnore
    String kind();

    /** Names of the values the stage yields, in the order they are reported. */
    @JsonIgnore
    List<String> metrics();

    /**
     * Masked pre-training with a decoder, the paper's method; yields {@code loss}, the mean of the last epoch.
     *
     * @param tokenizer whose words are predicted, for target {@code dvae-token}
     */
    record Pretrain(
            int version,
            DataIdentity data,
            ModelSettings model,
            PretrainRecipe recipe,
            long seed,
            Precision precision,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<TokenizerStage> tokenizer)
            implements EncoderStage {
        /** Masked pre-training that needs no tokenizer. */
        public Pretrain(
                int version,
                DataIdentity data,
                ModelSettings model,
                PretrainRecipe recipe,
                long seed,
                Precision precision) {
            this(version, data, model, recipe, seed, precision, Optional.empty());
        }

        @Override
        public String kind() {
            return "pretrain";
        }

        @Override
        public Optional<Schedule> schedule() {
            return Optional.of(recipe.schedule());
        }

        @Override
        public Optional<PretrainRecipe> decoding() {
            return Optional.of(recipe);
        }

        @Override
        public Optional<Stage> parent() {
            return tokenizer.map(t -> t);
        }
    }

    /**
     * Training with labels, evaluated once after the last epoch; yields {@code top1}, {@code top5} (percent) and
     * {@code loss}. With a weight average these are the average's, and {@code top1-without-ema} is that of the weights
     * themselves.
     *
     * @param encoder the pre-training to start from; empty trains from scratch
     * @param tunedBlocks how many of the last encoder blocks are trained; -1 trains everything, 0.5 trains the MLP half
     *     of the last block; the norm before the head and the head are always trained
     */
    record Finetune(
            int version,
            DataIdentity data,
            ModelSettings model,
            Optional<EncoderStage> encoder,
            SupervisedRecipe recipe,
            double tunedBlocks,
            long seed,
            Precision precision)
            implements Stage {
        @Override
        public String kind() {
            return "finetune";
        }

        @Override
        public Optional<Stage> parent() {
            return encoder.map(e -> e);
        }

        @Override
        public List<String> metrics() {
            return recipe.adam().emaDecay() > 0
                    ? List.of("top1", "top5", "loss", "top1-without-ema")
                    : List.of("top1", "top5", "loss");
        }
    }

    /**
     * A linear classifier on frozen features; yields {@code top1}, {@code top5} (percent) and {@code loss}.
     *
     * @param encoder the pre-training to probe; empty probes random weights
     */
    record LinearProbe(
            int version,
            DataIdentity data,
            ModelSettings model,
            Optional<EncoderStage> encoder,
            ProbeRecipe recipe,
            long seed,
            Precision precision)
            implements Stage {
        @Override
        public String kind() {
            return "linear-probe";
        }

        @Override
        public Optional<Stage> parent() {
            return encoder.map(e -> e);
        }

        @Override
        public List<String> metrics() {
            return List.of("top1", "top5", "loss");
        }
    }

    /**
     * Nearest neighbours on frozen features; yields {@code top1} (percent).
     *
     * <p>With a snapshot, the encoder is taken as it was after that part of its pre-training.
     *
     * @param encoder the pre-training that makes the features; empty takes random weights
     * @param rawPixels compare the standardised pixels themselves instead of features ({@code encoder} is then empty)
     * @param snapshot percent of the pre-training after which the encoder is taken; empty takes the finished one
     */
    record Knn(
            int version,
            DataIdentity data,
            ModelSettings model,
            Optional<EncoderStage> encoder,
            boolean rawPixels,
            KnnRecipe recipe,
            long seed,
            Precision precision,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> snapshot)
            implements Stage {
        /** Nearest neighbours on the features of the finished encoder. */
        public Knn(
                int version,
                DataIdentity data,
                ModelSettings model,
                Optional<EncoderStage> encoder,
                boolean rawPixels,
                KnnRecipe recipe,
                long seed,
                Precision precision) {
            this(version, data, model, encoder, rawPixels, recipe, seed, precision, Optional.empty());
        }

        @Override
        public String kind() {
            return "knn";
        }

        @Override
        public Optional<Stage> parent() {
            return encoder.map(e -> e);
        }

        @Override
        public List<String> metrics() {
            return List.of("top1");
        }
    }

    /**
     * Pictures of validation images: original, masked, reconstruction; yields {@code loss} on them.
     *
     * @param encoder the pre-training whose decoder draws
     * @param images how many pictures
     */
    record Reconstruct(
            int version,
            DataIdentity data,
            ModelSettings model,
            EncoderStage encoder,
            int images,
            long seed,
            Precision precision)
            implements Stage {
        @Override
        public String kind() {
            return "reconstruct";
        }

        @Override
        public Optional<Stage> parent() {
            return Optional.of(encoder);
        }

        @Override
        public List<String> metrics() {
            return List.of("loss");
        }
    }
}
