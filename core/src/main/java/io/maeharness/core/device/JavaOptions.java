package io.maeharness.core.device;

import java.util.List;

/** Options that the Java of a process with native libraries needs, beyond the engine's settings. */
public final class JavaOptions {
    /** The first Java that warns of native access and of memory access by libraries that were not allowed it. */
    private static final int WARNS_SINCE = 24;

    private JavaOptions() {}

    /** Those of this process's Java, for a process that it starts: with them it says nothing of native libraries. */
    public static List<String> ofNativeAccess() {
        return ofNativeAccess(Runtime.version().feature());
    }

    /**
     * Those of a version of Java; one that does not know an option does not start.
     *
     * @param feature its first number, as in 17
     */
    static List<String> ofNativeAccess(int feature) {
        return feature < WARNS_SINCE
                ? List.of()
                : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }
}
