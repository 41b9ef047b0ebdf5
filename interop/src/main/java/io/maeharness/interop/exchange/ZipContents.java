package io.maeharness.interop.exchange;

import io.maeharness.core.checkpoint.DamagedFileException;
import io.maeharness.core.error.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The bytes of a zip file's entries; none is handed out before its checksum was right. */
final class ZipContents {
    private static final int BLOCK = 1 << 16;

    /** The largest tensor of a ViT-H has 26 MB; a compressed entry has to fit into memory as a whole. */
    private static final long LARGEST_INFLATED = 64L << 20;

    private final FileChannel channel;
    private final Set<String> verified = new HashSet<>();

    ZipContents(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * A range of an entry's unpacked bytes, which the caller has checked against its size, little-endian.
     *
     * @throws IOException when the entry is damaged
     */
    ByteBuffer range(ZipDirectory.Entry entry, long from, int count) throws IOException {
        if (entry.deflated()) {
            return ByteBuffer.wrap(inflated(entry)).slice((int) from, count).order(ByteOrder.LITTLE_ENDIAN);
        }
        if (!verified.contains(entry.name())) {
            verify(entry);
            verified.add(entry.name());
        }
        return FileBytes.read(channel, entry.start() + from, count);
    }

    private void verify(ZipDirectory.Entry entry) throws IOException {
        CRC32 crc = new CRC32();
        for (long at = 0; at < entry.size(); at += BLOCK) {
            crc.update(FileBytes.read(channel, entry.start() + at, (int) Math.min(BLOCK, entry.size() - at)));
        }
        demandSum(entry, crc);
    }

    private byte[] inflated(ZipDirectory.Entry entry) throws IOException {
        if (entry.size() > LARGEST_INFLATED || entry.packed() > LARGEST_INFLATED) {
            throw new IOException("its entry " + Quoted.of(entry.name()) + " is compressed and has " + entry.size()
                    + " bytes, more than " + LARGEST_INFLATED + "; torch.save compresses nothing");
        }
        byte[] unpacked = new byte[(int) entry.size()];
        Inflater inflater = new Inflater(true);
        try {
            // The byte after the data is what the inflater asks for when there is no zlib header.
            byte[] packed = new byte[(int) entry.packed() + 1];
            FileBytes.read(channel, entry.start(), (int) entry.packed()).get(packed, 0, (int) entry.packed());
            inflater.setInput(packed);
            int done = 0;
            while (done < unpacked.length) {
                int count = inflater.inflate(unpacked, done, unpacked.length - done);
                if (count == 0) {
                    break;
                }
                done += count;
            }
            if (done < unpacked.length || inflater.inflate(new byte[1]) != 0) {
                throw new IOException("its entry " + Quoted.of(entry.name()) + " is not as long as it says");
            }
        } catch (DataFormatException e) {
            throw new IOException("its entry " + Quoted.of(entry.name()) + " cannot be unpacked", e);
        } finally {
            inflater.end();
        }
        CRC32 crc = new CRC32();
        crc.update(unpacked);
        demandSum(entry, crc);
        return unpacked;
    }

    private static void demandSum(ZipDirectory.Entry entry, CRC32 crc) throws IOException {
        if (crc.getValue() != entry.crc()) {
            throw new DamagedFileException(
                    "its entry " + Quoted.of(entry.name()) + " is damaged (the checksum is wrong)");
        }
    }
}
