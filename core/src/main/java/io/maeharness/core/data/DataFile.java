package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.Folders;
import io.maeharness.files.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file whose length and content are known beforehand.
 *
 * <p>A gzip file is known by what it unpacks to, because the same data is compressed differently by
 * different publishers.
 *
 * @param name file name
 * @param length bytes, unpacked
 * @param sha256 digest of the unpacked bytes
 */
record DataFile(String name, int length, String sha256) {

    /**
     * Reads and checks the file.
     *
     * @param directory where it lies
     * @param wayOut what the user can do about a bad file, as the end of a sentence
     * @throws HarnessException of kind DATA when it is missing, DATA_DAMAGED when it is truncated or altered
     */
    byte[] read(Path directory, String wayOut) {
        Path file = directory.resolve(name);
        byte[] bytes;
        try (InputStream in = open(file)) {
            bytes = in.readNBytes(length + 1);
        } catch (NoSuchFileException e) {
            throw HarnessException.data(file + " is missing; " + wayOut, e);
        } catch (EOFException e) {
            throw HarnessException.damaged(file + " is truncated: the compressed data ends too early; " + wayOut, e);
        } catch (ZipException e) {
            throw HarnessException.damaged(
                    file + " is not a valid gzip file ("
                            + FileContent.foreign(file)
                                    .map(other -> "it is " + other)
                                    .orElse(e.getMessage()) + "); " + wayOut,
                    e);
        } catch (IOException e) {
            throw HarnessException.data(file + " cannot be read (" + reason(e) + "); " + wayOut, e);
        }
        Optional<String> other = FileContent.foreign(bytes);
        if (bytes.length != length && other.isPresent()) {
            throw HarnessException.damaged(file + " is not what its name says: it is " + other.get() + "; " + wayOut);
        }
        return checked(file.toString(), bytes, wayOut);
    }

    /**
     * Checks bytes, wherever they are from.
     *
     * @param file what they are, as the subject of a sentence
     * @throws HarnessException of kind DATA_DAMAGED when they are not those of this file
     */
    byte[] checked(String file, byte[] bytes, String wayOut) {
        if (bytes.length < length) {
            throw HarnessException.damaged(
                    file + " is truncated: it has " + bytes.length + " bytes, expected " + length + "; " + wayOut);
        }
        if (bytes.length > length) {
            throw HarnessException.damaged(file + " is longer than the " + length + " bytes expected; " + wayOut);
        }
        String actual = Sha256.of(bytes);
        if (!actual.equals(sha256)) {
            throw HarnessException.damaged(
                    file + " was altered: its SHA-256 is " + actual + ", expected " + sha256 + "; " + wayOut);
        }
        return bytes;
    }

    private InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        if (!name.endsWith(".gz")) {
            return in;
        }
        try {
            return new GZIPInputStream(in, 1 << 16);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Returns the problem behind a failed write into a directory: a full disk is one of its own kind.
     *
     * @param what the failed action and the way out when the disk is not full
     */
    static HarnessException writeFailure(Path directory, String what, IOException cause) {
        if (Folders.onFullDevice(directory)) {
            return new HarnessException(
                    HarnessException.Kind.DISK,
                    "the disk of " + directory + " is full; free some space or name another cache directory",
                    cause);
        }
        return HarnessException.data(what, cause);
    }

    /** Returns why an operation failed, in words when the exception's own message is only a path. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
