package io.maeharness.ablations.replay;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Which code computes, whatever git says of it: a digest of this harness's own classes and resources, of the names of the
 * libraries beside them, which tell their versions, and of the version of Java.
 */
public final class CodeDigest {
    private static final String OWN = "io/maeharness/";

    private final MessageDigest digest;

    private CodeDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

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
        code.add(java);
        classPath.stream().filter(Files::exists).forEach(code::addEntry);
        return HexFormat.of().formatHex(code.digest.digest());
    }

    private void add(String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void addEntry(Path entry) {
        try {
            if (Files.isDirectory(entry)) {
                addFiles(entry);
            } else {
                add(entry.getFileName().toString());
                if (isOwn(entry)) {
                    digest.update(Files.readAllBytes(entry));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                add(directory.relativize(file).toString());
                digest.update(Files.readAllBytes(file));
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
