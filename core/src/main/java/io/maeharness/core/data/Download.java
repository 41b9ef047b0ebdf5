package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.AtomicFile;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Fetches files into a cache directory; a file under its final name is always complete and checked.
 *
 * <p>What has come of a file stays in a directory of its own, {@code .partial}, so that the next attempt, also of another
 * process, goes on from there.
 */
final class Download {
    private static final String PARTIAL = ".partial";

    private Download() {}

    /** Throws when the request forbids downloads, with the ways to get the data nevertheless. */
    static void requireAllowed(DataRequest request, String source, URI address) {
        if (!request.allowDownload()) {
            throw HarnessException.data("the files of " + source + " are neither in " + request.cacheDirectory()
                    + " nor in a given directory, and downloads are off; allow them or fetch " + address
                    + " and name its directory with --data-dir");
        }
    }

    /** Fetches a file that {@link DataFile} can check. */
    static Path checked(Transfer transfer, URI address, DataFile file, Path directory) {
        return fetch(
                transfer,
                address,
                directory.resolve(file.name()),
                // The name decides whether it is unpacked, so it is checked in a directory of its own.
                temporary -> file.read(
                        temporary.getParent(),
                        "the address " + address
                                + " does not serve the official file; try again or name another with --mirror"));
    }

    /** Fetches a file whose own bytes have a known digest. */
    static Path checked(Transfer transfer, URI address, String sha256, Path target) {
        return fetch(transfer, address, target, temporary -> {
            String actual = Sha256.of(temporary);
            if (!actual.equals(sha256)) {
                throw HarnessException.damaged(
                        "the download of " + address + " is not the official file: its SHA-256 is "
                                + actual + ", expected " + sha256
                                + FileContent.foreign(temporary)
                                        .map(other -> "; it is " + other)
                                        .orElse("")
                                + "; it was deleted, try again or name another address with --mirror");
            }
        });
    }

    private interface Check {
        void accept(Path temporary) throws IOException;
    }

    private static Path fetch(Transfer transfer, URI address, Path target, Check check) {
        Path partial = target.resolveSibling(PARTIAL);
        Path temporary = partial.resolve(target.getFileName());
        try {
            Files.createDirectories(partial);
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                waitForOthers(channel);
                if (!Files.isRegularFile(target)) {
                    transfer.into(channel);
                }
            }
            if (!Files.isRegularFile(target)) {
                keep(temporary, target, check);
            }
            deleteEmpty(temporary, partial);
            return target;
        } catch (IOException e) {
            deleteIfNothing(temporary, partial);
            throw DataFile.writeFailure(
                    target.getParent(),
                    "cannot download " + address + " to " + target.getParent() + " (" + DataFile.reason(e)
                            + "); try again, which goes on from there, name another address with --mirror, or fetch it by"
                            + " hand and name its directory with --data-dir",
                    e);
        }
    }

    /**
     * Another process may be fetching the file; the lock ends with the channel. Where the file system has none, two that
     * write at once leave a file that the check refuses.
     */
    private static void waitForOthers(FileChannel channel) {
        try {
            channel.lock();
        } catch (IOException e) {
            return; // What really is wrong with the disk, writing says next.
        }
    }

    private static void keep(Path temporary, Path target, Check check) throws IOException {
        try {
            check.accept(temporary);
        } catch (HarnessException e) {
            deleteEmpty(temporary, temporary.getParent());
            throw e;
        }
        AtomicFile.move(temporary, target);
    }

    private static void deleteEmpty(Path temporary, Path partial) throws IOException {
        Files.deleteIfExists(temporary);
        try {
            Files.deleteIfExists(partial);
        } catch (DirectoryNotEmptyException e) {
            return; // Another file is on its way.
        }
    }

    /** Leaves no empty file behind a download that never began. */
    private static void deleteIfNothing(Path temporary, Path partial) {
        try {
            if (!Files.exists(temporary) || Files.size(temporary) == 0) {
                deleteEmpty(temporary, partial);
            }
        } catch (IOException e) {
            return; // The failure of the download matters more.
        }
    }
}
