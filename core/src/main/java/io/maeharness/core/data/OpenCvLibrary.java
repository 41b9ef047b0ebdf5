package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import java.util.Optional;
import org.opencv.core.Core;

/** OpenCV's native library, loaded once in a process when a picture file is first decoded. */
public final class OpenCvLibrary {

    private static final String PROBLEM = load();

    private OpenCvLibrary() {}

    private static String load() {
        try {
            nu.pattern.OpenCV.loadLocally();
            Core.setNumThreads(1); // a worker has one processor
            return "";
        } catch (LinkageError | RuntimeException e) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
    }

    /** Returns why the library does not load, or nothing when it does. */
    public static Optional<String> problem() {
        return PROBLEM.isEmpty() ? Optional.empty() : Optional.of(PROBLEM);
    }

    /**
     * Makes sure that the library is there.
     *
     * @throws HarnessException of kind NATIVE when it does not load
     */
    static void require() {
        if (!PROBLEM.isEmpty()) {
            throw new HarnessException(
                    HarnessException.Kind.NATIVE,
                    "OpenCV's native library does not load on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " (" + PROBLEM
                            + "); image folders need it, the other data sets do not");
        }
    }
}
