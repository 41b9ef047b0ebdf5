package io.maeharness.interop.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle; every length in it is checked against what is left. */
final class PickleInput {
    private static final int LONGEST_NAME = 1000;

    private final ByteBuffer bytes;

    PickleInput(byte[] pickle) {
        bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void need(long count) throws IOException {
        if (count < 0 || count > bytes.remaining()) {
            throw new IOException("its pickle ends early");
        }
    }

    int unsigned8() throws IOException {
        need(1);
        return Byte.toUnsignedInt(bytes.get());
    }

    int unsigned16() throws IOException {
        need(Short.BYTES);
        return Short.toUnsignedInt(bytes.getShort());
    }

    int signed32() throws IOException {
        need(Integer.BYTES);
        return bytes.getInt();
    }

    long unsigned32() throws IOException {
        return Integer.toUnsignedLong(signed32());
    }

    long signed64() throws IOException {
        need(Long.BYTES);
        return bytes.getLong();
    }

    /** A float of pickle, which alone is big-endian. */
    double real() throws IOException {
        need(Double.BYTES);
        return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
    }

    byte[] bytes(long count) throws IOException {
        need(count);
        byte[] read = new byte[(int) count];
        bytes.get(read);
        return read;
    }

    String text(long count) throws IOException {
        return new String(bytes(count), StandardCharsets.UTF_8);
    }

    /** The text up to the end of the line. */
    String line() throws IOException {
        int begin = bytes.position();
        int end = begin;
        while (end < bytes.limit() && bytes.get(end) != '\n') {
            end++;
        }
        if (end == bytes.limit() || end - begin > LONGEST_NAME) {
            throw new IOException("its pickle has a name without an end");
        }
        String line = text(end - (long) begin);
        bytes.get();
        return line;
    }

    /** A little-endian two's complement number; null when it has more than 8 bytes. */
    Long integer(long count) throws IOException {
        byte[] read = bytes(count);
        if (count > Long.BYTES) {
            return null;
        }
        long value = count == 0 || read[read.length - 1] >= 0 ? 0 : -1;
        for (int i = read.length - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | Byte.toUnsignedLong(read[i]);
        }
        return value;
    }
}
