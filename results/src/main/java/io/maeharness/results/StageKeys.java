package io.maeharness.results;

import java.util.regex.Pattern;

/** Keys that name files: stage hashes and provenance keys. */
final class StageKeys {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private StageKeys() {}

    /**
     * Returns the key when it can name a file on every system.
     *
     * @throws IllegalArgumentException when it can't, which also keeps {@code ../} out of paths
     */
    static String requireSafe(String what, String key) {
        if (key == null || !SAFE.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    what + " must be 1-128 letters, digits, '.', '_' or '-', got '" + key + "'; use the stage's hash");
        }
        return key;
    }
}
