package io.maeharness.core.data;

import io.maeharness.files.TemporaryFolder;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;

/** Unpacks the plain files of one directory of a gzipped tar archive. */
final class TarGzip {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_AT = 156;

    private TarGzip() {}

    /**
     * Unpacks a directory and moves it into place in one step, then deletes the archive.
     *
     * @param archive a tar file compressed with gzip
     * @param folder the directory inside the archive whose files are wanted; deeper ones are skipped
     * @param target the directory to create
     */
    static void unpack(Path archive, String folder, Path target) {
        Path directory = target.toAbsolutePath().getParent();
        try (TemporaryFolder temporary = TemporaryFolder.in(directory, ".unpack-")) {
            Path unpacked = Files.createDirectory(temporary.path().resolve(folder));
            try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
                extract(in, folder + "/", unpacked);
            }
            if (!Files.isDirectory(target)) { // another process may have been faster
                Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.deleteIfExists(archive);
        } catch (IOException e) {
            throw DataFile.writeFailure(
                    directory,
                    "cannot unpack " + archive + " (" + DataFile.reason(e) + "); delete it and start again",
                    e);
        }
    }

    private static void extract(InputStream in, String prefix, Path unpacked) throws IOException {
        byte[] header = new byte[BLOCK];
        while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
            String name = text(header, 0, NAME_LENGTH);
            long size = Long.parseLong(text(header, SIZE_AT, SIZE_LENGTH).strip(), 8);
            boolean plain = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
            String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
            if (plain && !rest.isEmpty() && !rest.contains("/") && !rest.contains("\\") && !rest.equals("..")) {
                copy(in, size, unpacked.resolve(rest));
            } else {
                in.skipNBytes(size);
            }
            in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        }
    }

    private static void copy(InputStream in, long size, Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (var out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("the archive ends inside " + file.getFileName());
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.US_ASCII);
    }
}
