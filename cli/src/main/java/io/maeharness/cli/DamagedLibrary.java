package io.maeharness.cli;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Libraries of the class path that a full disk or a broken download left in pieces; needs no library itself. */
final class DamagedLibrary {
    /** Of a class that is there, but whose native library did not load. */
    private static final String NOT_INITIALISED = "Could not initialize class";

    private DamagedLibrary() {}

    /** Which library lacks a class, and the way out; empty where no class is missing. */
    static Optional<String> behind(Throwable thrown) {
        boolean missing = thrown instanceof NoClassDefFoundError
                && !String.valueOf(thrown.getMessage()).startsWith(NOT_INITIALISED);
        return missing ? Optional.of(said(thrown.getMessage())) : Optional.empty();
    }

    private static String said(String missing) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(DamagedLibrary::isDamaged)
                .findFirst()
                .map(jar -> "the library " + jar
                        + " is missing, cut off or damaged; delete it and run ./mvnw -DskipTests package, which fetches or"
                        + " builds it again")
                .orElse("the build does not fit together: " + missing.replace('/', '.')
                        + " is missing; run ./mvnw -DskipTests clean package");
    }

    private static boolean isDamaged(String file) {
        try (ZipFile jar = new ZipFile(file)) {
            return jar.size() == 0;
        } catch (IOException e) {
            return !new File(file).isDirectory();
        }
    }
}
