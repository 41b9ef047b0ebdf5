package io.maeharness.interop.exchange;

import io.maeharness.core.error.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of a zip file, every number checked against the size of the file before anything is allocated or unpacked.
 *
 * <p>Entries may not overlap, not have the same name twice and not unpack to much more than the file holds, which rules
 * out the known zip bombs. Source: PKWARE's APPNOTE, sections 4.3 and 4.5.3.
 *
 * @param byName entries by their name, in the order of the file
 */
record ZipDirectory(Map<String, Entry> byName) {
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int ZIP64_EXTRA = 1;
    private static final long IN_EXTRA = 0xFFFFFFFFL;
    private static final int DEFLATED = 8;

    /** PyTorch stores its entries as they are; who packs such a file once more gains little on weights. */
    private static final int MOST_EXPANSION = 16;

    private static final long SMALL = 1 << 20;

    /**
     * One entry.
     *
     * @param name path inside the archive
     * @param deflated whether it is compressed
     * @param crc CRC-32 of its unpacked bytes
     * @param packed bytes in the file
     * @param size bytes unpacked
     * @param header position of its local header
     * @param start position of its first packed byte
     */
    record Entry(String name, boolean deflated, long crc, long packed, long size, long header, long start) {
        private long end() {
            return start + packed;
        }
    }

    /**
     * Reads and checks the directory.
     *
     * @throws IOException that says in a few words what is wrong with it
     */
    static ZipDirectory read(FileChannel channel) throws IOException {
        ZipEnd end = ZipEnd.find(channel);
        ByteBuffer directory = FileBytes.read(channel, end.start(), (int) end.bytes());
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (long i = 0; i < end.entries(); i++) {
            Entry entry = next(directory, channel, end.start());
            if (entries.put(entry.name(), entry) != null) {
                throw new IOException("its entry " + Quoted.of(entry.name()) + " is there twice");
            }
        }
        if (directory.hasRemaining()) {
            throw new IOException("its directory does not end where it should");
        }
        checkPlaces(entries.values().stream()
                .sorted(Comparator.comparingLong(Entry::header))
                .toList());
        checkSize(entries, channel.size());
        return new ZipDirectory(entries);
    }

    private static Entry next(ByteBuffer directory, FileChannel channel, long limit) throws IOException {
        int at = directory.position();
        if (directory.remaining() < CENTRAL_BYTES || directory.getInt(at) != CENTRAL) {
            throw new IOException("its directory is damaged");
        }
        int nameBytes = unsigned(directory, at + 28);
        int extraBytes = unsigned(directory, at + 30);
        int whole = CENTRAL_BYTES + nameBytes + extraBytes + unsigned(directory, at + 32);
        if (directory.remaining() < whole) {
            throw new IOException("its directory is damaged");
        }
        String name = text(directory, at + CENTRAL_BYTES, nameBytes);
        int flags = unsigned(directory, at + 8);
        int method = unsigned(directory, at + 10);
        if ((flags & 1) != 0 || (method != 0 && method != DEFLATED)) {
            throw new IOException("its entry " + Quoted.of(name) + " is encrypted or packed in an unknown way");
        }
        long[] sizes = {
            Integer.toUnsignedLong(directory.getInt(at + 24)),
            Integer.toUnsignedLong(directory.getInt(at + 20)),
            Integer.toUnsignedLong(directory.getInt(at + 42))
        };
        fillFromExtra(
                directory.slice(at + CENTRAL_BYTES + nameBytes, extraBytes).order(directory.order()), sizes);
        directory.position(at + whole);
        long crc = Integer.toUnsignedLong(directory.getInt(at + 16));
        return placed(new Entry(name, method == DEFLATED, crc, sizes[1], sizes[0], sizes[2], 0), channel, limit);
    }

    /** Sizes and place of entries beyond 4 GiB, in the order in which APPNOTE lists them. */
    private static void fillFromExtra(ByteBuffer extra, long[] sizes) {
        while (extra.remaining() >= 4) {
            int kind = Short.toUnsignedInt(extra.getShort());
            int bytes = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
            int next = extra.position() + bytes;
            for (int i = 0; kind == ZIP64_EXTRA && i < sizes.length; i++) {
                if (sizes[i] == IN_EXTRA && next - extra.position() >= Long.BYTES) {
                    sizes[i] = extra.getLong();
                }
            }
            extra.position(next);
        }
    }

    /** The entry with the place of its data, found by its local header. */
    private static Entry placed(Entry entry, FileChannel channel, long limit) throws IOException {
        String said = "its entry " + Quoted.of(entry.name()) + " does not lie inside the file";
        if (entry.header() < 0 || entry.header() > limit - LOCAL_BYTES) {
            throw new IOException(said);
        }
        ByteBuffer local = FileBytes.read(channel, entry.header(), LOCAL_BYTES);
        int nameBytes = unsigned(local, 26);
        long start = entry.header() + LOCAL_BYTES + nameBytes + unsigned(local, 28);
        boolean fits = start <= limit && entry.packed() >= 0 && entry.packed() <= limit - start && entry.size() >= 0;
        if (local.getInt(0) != LOCAL || !fits || (!entry.deflated() && entry.packed() != entry.size())) {
            throw new IOException(said);
        }
        String name = text(FileBytes.read(channel, entry.header() + LOCAL_BYTES, nameBytes), 0, nameBytes);
        if (!name.equals(entry.name())) {
            throw new IOException("its entry " + Quoted.of(entry.name()) + " is called otherwise at its place");
        }
        return new Entry(name, entry.deflated(), entry.crc(), entry.packed(), entry.size(), entry.header(), start);
    }

    private static void checkPlaces(List<Entry> inOrder) throws IOException {
        List<Entry> seen = new ArrayList<>();
        for (Entry entry : inOrder) {
            if (!seen.isEmpty() && seen.get(seen.size() - 1).end() > entry.header()) {
                throw new IOException("its entry " + Quoted.of(entry.name()) + " overlaps another");
            }
            seen.add(entry);
        }
    }

    private static void checkSize(Map<String, Entry> entries, long available) throws IOException {
        long most = SMALL + MOST_EXPANSION * available;
        long left = most;
        for (Entry entry : entries.values()) {
            left -= Math.min(entry.size(), most + 1);
            if (left < 0) {
                throw new IOException("it would unpack to more than " + MOST_EXPANSION + " times its size");
            }
        }
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static String text(ByteBuffer bytes, int at, int count) {
        byte[] text = new byte[count];
        bytes.get(at, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
