package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.files.Sha256;
import java.util.Map;

/**
 * Short digests of what a stage draws at its beginning. Two runs with equal ones drew the same, so that their results differ
 * by what was computed and not by luck.
 */
public final class Fingerprint {
    /** Key of the digest of the first weights. */
    public static final String WEIGHTS = "weights";
    /** Key of the digest of the order of the first epoch. */
    public static final String ORDER = "order";
    /** Key of the digest of the masks of the first batch. */
    public static final String MASKS = "masks";

    private static final int HEX_DIGITS = 16;

    private Fingerprint() {}

    /** Digest of arrays and their names, in the order of the map. */
    public static String of(Map<String, NDArray> arrays) {
        Sha256 sha = new Sha256();
        arrays.forEach((name, array) -> {
            sha.add(name);
            add(sha, HostCopy.floats(array));
        });
        return shortened(sha);
    }

    /** Digest of values in their order. */
    public static String of(float[] values) {
        Sha256 sha = new Sha256();
        add(sha, values);
        return shortened(sha);
    }

    /** Digest of numbers in their order. */
    public static String of(long[] numbers) {
        Sha256 sha = new Sha256();
        for (long number : numbers) {
            sha.add(number);
        }
        return shortened(sha);
    }

    private static void add(Sha256 sha, float[] values) {
        for (float value : values) {
            sha.add(Float.floatToRawIntBits(value));
        }
    }

    private static String shortened(Sha256 sha) {
        return sha.hex().substring(0, HEX_DIGITS);
    }
}
