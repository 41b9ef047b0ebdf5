package io.maeharness.core.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file that hold its pixels.
 *
 * <p>libpng prints on the standard error what it thinks of the others, a colour profile most often, and of damage; a file
 * without them has the same pixels and makes it say nothing.
 */
final class PngChunks {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int FRAME = 12;
    private static final String TRANSPARENCY = "tRNS";
    private static final String END = "IEND";

    private final ByteBuffer file;
    private final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    private Optional<String> damage = Optional.of("its end is missing");

    private PngChunks(byte[] file) {
        this.file = ByteBuffer.wrap(file);
    }

    static boolean isPng(byte[] file) {
        return file.length > SIGNATURE.length
                && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /** Reads a file that {@link #isPng}. */
    static PngChunks of(byte[] file) {
        PngChunks chunks = new PngChunks(file);
        chunks.pixels.write(file, 0, SIGNATURE.length);
        int at = SIGNATURE.length;
        while (at >= 0) {
            at = chunks.next(at);
        }
        return chunks;
    }

    /** What is wrong with a chunk of pixels, or with the file's length; empty for a whole file. */
    Optional<String> damage() {
        return damage;
    }

    /** The file without anything else than its pixels. */
    byte[] pixels() {
        return pixels.toByteArray();
    }

    /** Takes a chunk; returns where the next begins, or -1 after the last. */
    private int next(int at) {
        if (file.capacity() - at < FRAME) {
            return -1;
        }
        int length = file.getInt(at);
        if (length < 0 || length > file.capacity() - at - FRAME) {
            return -1;
        }
        String type = new String(file.array(), at + 4, 4, StandardCharsets.ISO_8859_1);
        boolean needed = Character.isUpperCase(type.charAt(0)) || type.equals(TRANSPARENCY);
        if (needed && !isWhole(at, length)) {
            damage = Optional.of("the checksum of its chunk " + type + " at byte " + at + " is wrong");
            return -1;
        }
        if (needed) {
            pixels.write(file.array(), at, length + FRAME);
        }
        if (type.equals(END)) {
            damage = Optional.empty();
            return -1;
        }
        return at + length + FRAME;
    }

    private boolean isWhole(int at, int length) {
        CRC32 crc = new CRC32();
        crc.update(file.array(), at + 4, length + 4);
        return (int) crc.getValue() == file.getInt(at + 8 + length);
    }
}
