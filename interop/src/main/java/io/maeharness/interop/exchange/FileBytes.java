package io.maeharness.interop.exchange;

import io.maeharness.core.checkpoint.DamagedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads a range of a file whose length has been checked before. */
final class FileBytes {
    private FileBytes() {}

    /** The bytes of a range, little-endian. */
    static ByteBuffer read(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new DamagedFileException("it ends early");
            }
        }
        return buffer.flip();
    }
}
