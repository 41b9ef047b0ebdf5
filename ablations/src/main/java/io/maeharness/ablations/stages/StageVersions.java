package io.maeharness.ablations.stages;

import io.maeharness.core.stage.Stage;
import java.util.Optional;

/**
 * The version of each kind of stage, part of every stage's hash.
 *
 * <p>Raise one when the same fields come to mean another computation: finished stages of the old meaning are then no
 * longer taken for results of the new one.
 *
 * <p>Version 2: first weights are drawn by name, flips before crops, mask noise before blocks; whole test splits without
 * padding; probes compute in the engine's own memory.
 */
public final class StageVersions {
    static final int PRETRAIN = 2;
    static final int FINETUNE = 2;
    static final int LINEAR_PROBE = 2;
    static final int KNN = 2;
    static final int RECONSTRUCT = 2;
    static final int DINO = 2;
    static final int MOCO_V3 = 2;
    static final int BEIT = 2;
    static final int TOKENIZER = 2;
    static final int WALL_CLOCK = 1;
    static final int IMPORTED = 1;

    private StageVersions() {}

    /** The version that a stage of this kind has today. */
    static int current(Stage stage) {
        return switch (stage.kind()) {
            case "pretrain" -> PRETRAIN;
            case "finetune" -> FINETUNE;
            case "linear-probe" -> LINEAR_PROBE;
            case "knn" -> KNN;
            case "reconstruct" -> RECONSTRUCT;
            case "dino" -> DINO;
            case "moco-v3" -> MOCO_V3;
            case "beit" -> BEIT;
            case "tokenizer", "supplied-tokenizer" -> TOKENIZER;
            case "wall-clock" -> WALL_CLOCK;
            case "imported" -> IMPORTED;
            default -> throw new IllegalArgumentException("stages of kind " + stage.kind() + " have no version");
        };
    }

    /**
     * The stage of another version than today's among a stage and those that it starts from: this harness would compute
     * something else under its name. Empty where all are of today.
     */
    public static Optional<Stage> notOfToday(Stage stage) {
        return stage.version() == current(stage)
                ? stage.parent().flatMap(StageVersions::notOfToday)
                : Optional.of(stage);
    }

    /** What is not of today about such a stage, for a message: {@code finetune of version 1, today's is 2}. */
    public static String described(Stage stage) {
        return stage.kind() + " of version " + stage.version() + ", today's is " + current(stage);
    }
}
