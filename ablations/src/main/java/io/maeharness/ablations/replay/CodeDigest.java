package io.maeharness.ablations.replay;

import io.maeharness.files.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Which code computes, whatever git says of it: a digest of this harness's own classes and resources, of the names of the
 * libraries beside them, which tell their versions, and of the version of Java.
 */
public final class CodeDigest {
    private static final String OWN = "io/maeharness/";

    private final Sha256 digest = new Sha256();

    private CodeDigest() {}

    /** The digest of the code of this process, hexadecimal. */
    public static String current() {
        String classPath = System.getProperty("java.class.path");
        return of(
                System.getProperty("java.version"),
                Stream.of(classPath.split(File.pathSeparator, -1)).map(Path::of).toList());
    }

    /** The digest of a class path on a Java. */
    static String of(String java, List<Path> classPath) {
        CodeDigest code = new CodeDigest();
        code.digest.add(java);
        classPath.stream().filter(Files::exists).forEach(code::addEntry);
        return code.digest.hex();
    }

    private void addEntry(Path entry) {
        try {
            if (Files.isDirectory(entry)) {
                addFiles(entry);
            } else {
                digest.add(entry.getFileName().toString());
                if (isOwn(entry)) {
                    digest.add(Files.readAllBytes(entry));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.add(directory.relativize(file).toString());
                digest.add(Files.readAllBytes(file));
            }
        }
    }

    private static boolean isOwn(Path file) throws IOException {
        if (!file.toString().endsWith(".jar")) {
            return false;
        }
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream().anyMatch(entry -> entry.getName().startsWith(OWN));
        }
    }
}
