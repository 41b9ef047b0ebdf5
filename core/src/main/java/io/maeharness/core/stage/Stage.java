package io.maeharness.core.stage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.error.HarnessException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One unit of work whose outcome is determined by its own fields: the fields hold everything that matters, and nothing
 * that does not (no path, no device, no number of workers).
 *
 * <p>Two cases with equal stages share the work. {@link StageHash#of(Stage)} is the identity.
 *
 * <p>A kind of stage is a record that tells everything there is to know of it: name and version in its {@link StageKind},
 * what it starts from, what it yields, what it costs, and how it is computed. It is found by its name, which ends with
 * {@code Stage}; no list has to be edited.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "kind")
@JsonTypeIdResolver(StageKinds.class)
public interface Stage {
    /** The version of what is computed, see {@link StageKind#version()}. */
    int version();

    /** Images. */
    DataIdentity data();

    /** Architecture. */
    ModelSettings model();

    /** Seed of every random draw of the stage. */
    long seed();

    /** Number format, already resolved from {@code auto}. */
    Precision precision();

    /** Short name of the kind, as in the JSON form. */
    @JsonIgnore
    default String kind() {
        return StageKinds.of(getClass()).name();
    }

    /** The stage whose weights this one starts from. */
    @JsonIgnore
    default Optional<Stage> parent() {
        return Optional.empty();
    }

    /**
     * The file in which it leaves what others start from.
     *
     * @param stages directory of all stages
     */
    default Path leaves(Path stages) {
        return stages.resolve(StageHash.of(this)).resolve(FinishedWeights.FILE);
    }

    /**
     * The file that it starts from; empty where it has no parent.
     *
     * @param stages directory of all stages
     */
    default Optional<Path> startsFrom(Path stages) {
        return parent().map(parent -> parent.leaves(stages));
    }

    /** Names of the values the stage yields, in the order they are reported. */
    @JsonIgnore
    List<String> metrics();

    /** Whether nothing else may be computed on the machine meanwhile, as what else runs would change the outcome. */
    @JsonIgnore
    default boolean exclusive() {
        return false;
    }

    /** Where its files come from when nothing here could compute them. */
    @JsonIgnore
    default Origin origin() {
        return Origin.COMPUTED;
    }

    /** What a row that it belongs to has to say of it; empty where nothing. */
    @JsonIgnore
    default Optional<String> note() {
        return Optional.empty();
    }

    /** Whether it trains an encoder, or brings one: what a user calls the pre-training of a case. */
    @JsonIgnore
    default boolean pretrains() {
        return false;
    }

    /**
     * Whether ONNX Runtime computes a part of it.
     *
     * @param gpu whether a GPU computes the rest
     */
    default boolean usesOnnxRuntime(boolean gpu) {
        return false;
    }

    /** Pictures that it leaves in its directory. */
    @JsonIgnore
    default Drawings drawings() {
        return Drawings.NONE;
    }

    /**
     * What one of its pictures shows.
     *
     * @param file name of the picture
     * @param values what the stage yielded, by the names of its {@link #metrics()}
     */
    default String caption(String file, Map<String, Double> values) {
        return file;
    }

    /**
     * The trained network that it leaves, as a user would take it elsewhere; empty where there is none.
     *
     * @see LeftNetwork
     */
    @JsonIgnore
    default Optional<LeftNetwork> network() {
        return Optional.empty();
    }

    /** Multiply-accumulates of the whole stage, forward and backward; 0 where nothing is computed. */
    double macs(ImageFacts images);

    /**
     * What it asks of a machine with GPUs, part after part; none where nothing is computed.
     *
     * <p>The arithmetic is that of {@link #macs}, and what a method computes a second time to save memory.
     *
     * @param microBatch images that are computed on at once, where it trains
     */
    List<Workload> workload(ImageFacts images, int microBatch);

    /** Seconds that it takes at least, whatever the machine's pace; empty where the pace alone decides. */
    default OptionalDouble leastSeconds() {
        return OptionalDouble.empty();
    }

    /**
     * Bytes that a process needs for it, roughly.
     *
     * @param channels of a picture
     * @param microBatch images that are computed on at once, where it trains
     */
    double bytes(int channels, int microBatch);

    /** Length and steps of its training; empty where nothing is trained in steps of so many images. */
    @JsonIgnore
    default Optional<Schedule> schedule() {
        return Optional.empty();
    }

    /**
     * Bytes that a process needs for it with the micro-batches of its recipe.
     *
     * @param channels of a picture
     */
    default double bytes(int channels) {
        return bytes(channels, schedule().map(Schedule::microBatch).orElse(1));
    }

    /**
     * Computes it, going on from its last checkpoint when there is one, and leaves its weights, if it has any, in its
     * directory as {@link FinishedWeights}.
     *
     * @throws StageInterruptedException after a stop was requested and a checkpoint written
     * @throws HarnessException when it cannot be computed: the reason in one line
     */
    StageOutcome compute(StageContext context);

    /** Where the files of a stage come from. */
    enum Origin {
        /** This harness computes them, and can do so again. */
        COMPUTED,
        /** A model that was imported: there is nothing it could be computed from. */
        IMPORTED,
        /** A file that the user supplies at every run; what is measured of it can be computed again. */
        SUPPLIED
    }

    /** What the pictures of a stage are called among those of a run. */
    enum Drawings {
        /** There are none. */
        NONE,
        /** After each case that asked for them. */
        BY_CASE,
        /** After the kind, as all cases share them. */
        BY_KIND
    }
}
