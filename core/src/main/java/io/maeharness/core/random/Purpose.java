package io.maeharness.core.random;

/**
 * What a random draw is for: draws for different purposes are independent.
 *
 * <p>Each code is part of every recorded result. Codes are never reused or renumbered; a new purpose
 * takes a new code.
 */
public enum Purpose {
    /** Initial weights, drawn by the name of the parameter. */
    INITIALISATION(1),
    /** Order of the samples in an epoch. */
    ORDER(2),
    /** Crop, flip and colour of one sample. */
    AUGMENTATION(3),
    /** Which patches are removed. */
    MASK(4),
    /** Which residual branches are dropped. */
    DROP_PATH(5),
    /** Mixup and cutmix of one batch. */
    MIX(6),
    /** Random erasing. */
    ERASE(7),
    /** Linear and nearest-neighbour probes. */
    PROBE(8),
    /** Noise added to data or weights. */
    NOISE(9),
    /** Which samples go into which split. */
    SPLIT(10),
    /** Patches from which principal components are fitted. */
    PCA(11),
    /** Initial weights of a new classification head, drawn by the name of the parameter. */
    HEAD(12),
    /** Training of a tokenizer. */
    TOKENIZER(13),
    /** Views of a multi-crop method beyond the first. */
    VIEW(14),
    /** Which images are shown in a figure. */
    FIGURE(15);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    /** Returns the fixed number that enters the mixing. */
    public int code() {
        return code;
    }
}
