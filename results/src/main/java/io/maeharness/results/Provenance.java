package io.maeharness.results;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a stage's result came about: enough to run it again and to tell what differs when the number does.
 *
 * @param key name of the record, the {@code provenance} column of a row; a file name without extension
 * @param stage what was run
 * @param code which code ran
 * @param data which data it read
 * @param host which machine and JVM it ran on
 * @param engine which engine computed it, where and how precisely
 * @param cost when it ran and what it took
 * @param further fields beyond these by their name: {@code outcome}, and those of other versions of the harness, which
 *     are kept as they are
 */
public record Provenance(
        String key,
        Stage stage,
        Code code,
        Data data,
        Host host,
        Engine engine,
        Cost cost,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> further) {
    private static final String OUTCOME = "outcome";

    /** What of an outcome follows from the stage and its processor alone. */
    private static final List<String> VALUES = List.of("metrics", "correct", "draws");

    /** A record without further fields. */
    public Provenance(String key, Stage stage, Code code, Data data, Host host, Engine engine, Cost cost) {
        this(key, stage, code, data, host, engine, cost, Map.of());
    }

    @JsonCreator
    public Provenance {
        StageKeys.requireSafe("provenance key", key);
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(cost, "cost");
        further = further == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(further));
    }

    /** Everything that the stage yielded, as a JSON tree; empty in a record that was written without it. */
    public Optional<JsonNode> outcome() {
        return Optional.ofNullable(further.get(OUTCOME)).map(JsonNode::deepCopy);
    }

    /**
     * Kind of processor that computed the stage: the model of a CPU, or what is known of another device but its number.
     * Between kinds the last bits differ, and with them accuracies.
     */
    public String processor() {
        return engine.device().startsWith("cpu") ? host.processor() : engine.deviceKind();
    }

    /**
     * Whether another record of the same stage holds the same values, drawn and computed; empty when one of the two does not
     * hold its values and the processors, which decide then, are not the same.
     */
    public Optional<Boolean> agreesWith(Provenance other) {
        JsonNode mine = further.get(OUTCOME);
        JsonNode theirs = other.further.get(OUTCOME);
        if (mine == null || theirs == null) {
            return equals(other)
                            || (isReproducible()
                                    && other.isReproducible()
                                    && processor().equals(other.processor()))
                    ? Optional.of(true)
                    : Optional.empty();
        }
        return Optional.of(VALUES.stream().allMatch(field -> areEqual(mine.path(field), theirs.path(field))));
    }

    /** Whether the stage must give the same bits on the same kind of processor: what measures time does not. */
    @JsonIgnore
    public boolean isReproducible() {
        return !stage.kind().equals("wall-clock");
    }

    /** Fields that only one of two records has came with a later version of the harness and say nothing. */
    private static boolean areEqual(JsonNode mine, JsonNode theirs) {
        if (mine.isMissingNode() || theirs.isMissingNode()) {
            return true;
        }
        if (mine.isNumber() && theirs.isNumber()) {
            return Double.compare(mine.asDouble(), theirs.asDouble()) == 0;
        }
        if (!mine.isObject() || !theirs.isObject()) {
            return mine.equals(theirs);
        }
        for (Iterator<String> names = mine.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!areEqual(mine.path(name), theirs.path(name))) {
                return false;
            }
        }
        return true;
    }

    /** The same record with what the stage yielded, so that the record alone tells all of its values. */
    public Provenance withOutcome(JsonNode outcome) {
        Map<String, JsonNode> more = new TreeMap<>(further);
        more.put(OUTCOME, outcome.deepCopy());
        return new Provenance(key, stage, code, data, host, engine, cost, more);
    }

    /**
     * What was run.
     *
     * @param kind kind of stage, for example {@code pretrain}, {@code finetune}, {@code linear}
     * @param hash content hash of everything that determines the outcome
     * @param seed seed of every random draw
     * @param configuration the full configuration as a JSON tree
     */
    public record Stage(String kind, String hash, long seed, JsonNode configuration) {
        public Stage {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(hash, "hash");
            configuration = configuration.deepCopy();
        }

        /** The full configuration; a copy, so that the record stays as it is. */
        @Override
        public JsonNode configuration() {
            return configuration.deepCopy();
        }
    }

    /**
     * Which code ran.
     *
     * @param harnessVersion version of this harness
     * @param gitCommit commit of the checkout, or {@code unknown} outside one
     * @param gitDirty whether tracked files differed from the commit
     * @param gitReason why the commit is {@code unknown}; empty where it is known, or in a record that was written without
     */
    public record Code(
            String harnessVersion,
            String gitCommit,
            boolean gitDirty,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String gitReason) {
        private static final String UNKNOWN = "unknown";

        @JsonCreator
        public Code {
            gitReason = gitReason == null ? "" : gitReason;
        }

        /** Code without a reason, as it needs none. */
        public Code(String harnessVersion, String gitCommit, boolean gitDirty) {
            this(harnessVersion, gitCommit, gitDirty, "");
        }

        /** Code whose commit is not known. */
        public static Code withoutCommit(String harnessVersion, String reason) {
            return new Code(harnessVersion, UNKNOWN, false, reason);
        }

        /** The commit in words: with what changed beside it, or why it is not known. */
        public String commitInWords() {
            return gitCommit
                    + (gitDirty ? " with uncommitted changes" : "")
                    + (gitReason.isEmpty() ? "" : " (" + gitReason + ")");
        }
    }

    /**
     * Which data the stage read.
     *
     * @param name name of the data set
     * @param digest digest over its files, for example {@code sha256:...}
     */
    public record Data(String name, String digest) {}

    /**
     * What computed the stage.
     *
     * @param djlVersion version of DJL
     * @param name name of the engine, for example {@code PyTorch}
     * @param version version of the engine's native library
     * @param device device it ran on, for example {@code cpu} or {@code gpu:0 NVIDIA H100}
     * @param precision arithmetic of the matrix products, {@code fp32} or {@code bf16}
     */
    public record Engine(String djlVersion, String name, String version, String device, String precision) {
        /** The device without its number, which says nothing of what it computes: {@code cpu}, {@code gpu NVIDIA H100}. */
        public String deviceKind() {
            return device.replaceFirst(":\\d+", "");
        }
    }

    /**
     * When the stage ran and what it took.
     *
     * @param start begin of its first run
     * @param durationSeconds seconds of computing, over all runs when it was interrupted
     * @param imagesPerSecond images seen per second of computing; 0 where the stage trains nothing
     * @param peakMemoryBytes peak resident memory of the worker, in bytes; 0 where the system does not tell
     */
    public record Cost(Instant start, double durationSeconds, double imagesPerSecond, long peakMemoryBytes) {
        public Cost {
            Objects.requireNonNull(start, "start");
            if (!(durationSeconds >= 0) || !(imagesPerSecond >= 0) || peakMemoryBytes < 0) {
                throw new IllegalArgumentException("duration, images/s and peak memory must be 0 or more, got "
                        + durationSeconds + " s, " + imagesPerSecond + " images/s, " + peakMemoryBytes + " bytes");
            }
        }
    }
}
