package io.maeharness.ablations.stages;

/**
 * The version of each kind of stage, part of every stage's hash.
 *
 * <p>Raise one when the same fields come to mean another computation: finished stages of the old meaning are then no
 * longer taken for results of the new one.
 *
 * <p>Version 2: first weights are drawn by name, flips before crops, mask noise before blocks; whole test splits without
 * padding; probes compute in the engine's own memory.
 */
final class StageVersions {
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
}
