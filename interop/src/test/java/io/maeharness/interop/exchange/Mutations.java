package io.maeharness.interop.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Files damaged as disks, networks and hostile people damage them: cut, altered, with parts lost or repeated. */
public final class Mutations {
    private static final int[] EXTREMES = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xFFFF, 0x10000};

    private Mutations() {}

    /** One to three damages. */
    public static byte[] of(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
            bytes = mutateOnce(bytes, random);
        }
        return bytes;
    }

    private static byte[] mutateOnce(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int count = Math.min(bytes.length - at, 1 + random.nextInt(8));
        switch (random.nextInt(6)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 2 -> bytes[at] = (byte) random.nextInt();
            case 3 -> {
                if (at + Integer.BYTES <= bytes.length) {
                    ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(at, EXTREMES[random.nextInt(EXTREMES.length)]);
                }
            }
            case 4 -> {
                return spliced(bytes, at, at + count, new byte[0]);
            }
            default -> {
                int from = random.nextInt(bytes.length);
                return spliced(bytes, at, at, Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + count)));
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] instead) {
        ByteBuffer out = ByteBuffer.allocate(bytes.length - (to - from) + instead.length);
        return out.put(bytes, 0, from)
                .put(instead)
                .put(bytes, to, bytes.length - to)
                .array();
    }
}
