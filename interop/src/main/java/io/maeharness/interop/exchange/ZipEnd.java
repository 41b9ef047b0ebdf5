package io.maeharness.interop.exchange;

import io.maeharness.core.checkpoint.DamagedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Where the central directory of a zip file lies, according to the record at its end.
 *
 * @param start position of the directory
 * @param bytes length of the directory
 * @param entries how many entries it lists
 */
record ZipEnd(long start, long bytes, long entries) {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END64 = 0x06064b50;
    private static final int END64_BYTES = 56;

    /** A ViT-H with its optimiser's state has 1,200 entries and a directory of 100 KiB. */
    private static final long MOST_ENTRIES = 20_000;

    private static final long LONGEST_DIRECTORY = 8L << 20;

    static ZipEnd find(FileChannel channel) throws IOException {
        long size = channel.size();
        int tailBytes = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        ByteBuffer tail = FileBytes.read(channel, size - tailBytes, tailBytes);
        for (int at = tailBytes - END_BYTES; at >= 0; at--) {
            int comment = Short.toUnsignedInt(tail.getShort(at + 20));
            if (tail.getInt(at) == END && at + END_BYTES + comment == tailBytes) {
                return checked(read(channel, tail, at, size - tailBytes + at), size - tailBytes + at);
            }
        }
        throw new DamagedFileException("it ends early: the directory at the end of a zip file is missing");
    }

    private static ZipEnd read(FileChannel channel, ByteBuffer tail, int at, long position) throws IOException {
        if (position >= LOCATOR_BYTES + END64_BYTES) {
            ByteBuffer locator = FileBytes.read(channel, position - LOCATOR_BYTES, LOCATOR_BYTES);
            if (locator.getInt(0) == LOCATOR) {
                return read64(channel, locator.getLong(8), position);
            }
        }
        return new ZipEnd(
                Integer.toUnsignedLong(tail.getInt(at + 16)),
                Integer.toUnsignedLong(tail.getInt(at + 12)),
                Short.toUnsignedLong(tail.getShort(at + 10)));
    }

    private static ZipEnd read64(FileChannel channel, long at, long limit) throws IOException {
        if (at < 0 || at > limit - END64_BYTES) {
            throw new IOException("its directory is damaged");
        }
        ByteBuffer end = FileBytes.read(channel, at, END64_BYTES);
        if (end.getInt(0) != END64) {
            throw new IOException("its directory is damaged");
        }
        return new ZipEnd(end.getLong(48), end.getLong(40), end.getLong(32));
    }

    private static ZipEnd checked(ZipEnd end, long limit) throws IOException {
        boolean inside = end.start >= 0 && end.bytes >= 0 && end.start <= limit && end.bytes <= limit - end.start;
        if (!inside || end.bytes > LONGEST_DIRECTORY || end.entries < 0 || end.entries > MOST_ENTRIES) {
            throw new IOException("its directory is damaged or lists more than " + MOST_ENTRIES + " entries");
        }
        return end;
    }
}
