package io.maeharness.core.stage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.maeharness.core.config.KnnRecipe;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.ProbeRecipe;
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
    @JsonSubTypes.Type(value = Stage.Reconstruct.class, name = "reconstruct")
})
public sealed interface Stage {
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

    /** Short name of the kind, as in the JSON form. */
    @JsonIgnore
    String kind();

    /** Names of the values the stage yields, in the order they are reported. */
    @JsonIgnore
    List<String> metrics();

    /** Masked pre-training; yields {@code loss}, the mean of the last epoch. */
    record Pretrain(
            int version, DataIdentity data, ModelSettings model, PretrainRecipe recipe, long seed, Precision precision)
            implements Stage {
        @Override
        public String kind() {
            return "pretrain";
        }

        @Override
        public List<String> metrics() {
            return List.of("loss");
        }
    }

    /**
     * Training with labels, evaluated once after the last epoch; yields {@code top1}, {@code top5} (percent) and
     * {@code loss}.
     *
     * @param encoder the pre-training to start from; empty trains from scratch
     * @param tunedBlocks how many of the last encoder blocks are trained; -1 trains everything, 0.5 trains the MLP half
     *     of the last block; the norm before the head and the head are always trained
     */
    record Finetune(
            int version,
            DataIdentity data,
            ModelSettings model,
            Optional<Pretrain> encoder,
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
            return List.of("top1", "top5", "loss");
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
            Optional<Pretrain> encoder,
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
     * @param encoder the pre-training that makes the features; empty takes random weights
     * @param rawPixels compare the standardised pixels themselves instead of features ({@code encoder} is then empty)
     */
    record Knn(
            int version,
            DataIdentity data,
            ModelSettings model,
            Optional<Pretrain> encoder,
            boolean rawPixels,
            KnnRecipe recipe,
            long seed,
            Precision precision)
            implements Stage {
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
            Pretrain encoder,
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
