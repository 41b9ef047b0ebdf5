package io.maeharness.core.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Number formats that tensors are stored in; the constants' names are those of a safetensors header. */
public enum ElementType {
    /** IEEE 754, 64 bits. */
    F64(8, true) {
        @Override
        public float read(ByteBuffer bytes, int at) {
            return (float) bytes.getDouble(at);
        }
    },
    /** IEEE 754, 32 bits: the format of this harness. */
    F32(4, true) {
        @Override
        public float read(ByteBuffer bytes, int at) {
            return bytes.getFloat(at);
        }
    },
    /** IEEE 754, 16 bits. */
    F16(2, true) {
        @Override
        public float read(ByteBuffer bytes, int at) {
            return fromHalf(bytes.getShort(at));
        }
    },
    /** The upper half of {@link #F32}. */
    BF16(2, true) {
        @Override
        public float read(ByteBuffer bytes, int at) {
            return Float.intBitsToFloat(bytes.getShort(at) << 16);
        }
    },
    /** Signed, 64 bits. */
    I64(8, false) {
        @Override
        public float read(ByteBuffer bytes, int at) {
            return bytes.getLong(at);
        }
    },
    /** Signed, 32 bits. */
    I32(4, false) {
        @Override
        public float read(ByteBuffer bytes, int at) {
            return bytes.getInt(at);
        }
    },
    /** Signed, 16 bits. */
    I16(2, false) {
        @Override
        public float read(ByteBuffer bytes, int at) {
            return bytes.getShort(at);
        }
    },
    /** Signed, 8 bits. */
    I8(1, false) {
        @Override
        public float read(ByteBuffer bytes, int at) {
            return bytes.get(at);
        }
    },
    /** Unsigned, 8 bits. */
    U8(1, false) {
        @Override
        public float read(ByteBuffer bytes, int at) {
            return bytes.get(at) & 0xFF;
        }
    },
    /** A byte that is 0 or not. */
    BOOL(1, false) {
        @Override
        public float read(ByteBuffer bytes, int at) {
            return bytes.get(at) == 0 ? 0 : 1;
        }
    };

    private static final int HALF_FRACTION_BITS = 10;
    private static final int HALF_FRACTION_MASK = (1 << HALF_FRACTION_BITS) - 1;
    private static final int FRACTION_BITS = 23;
    private static final int HALF_EXPONENT_MASK = 0x1F;
    private static final int HALF_BIAS = 15;

    private final int bytes;
    private final boolean floating;

    ElementType(int bytes, boolean floating) {
        this.bytes = bytes;
        this.floating = floating;
    }

    /** The type of this name, if it is one of these. */
    public static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Bytes of a value. */
    public int bytes() {
        return bytes;
    }

    /** Whether it is a floating-point format. */
    public boolean isFloating() {
        return floating;
    }

    /**
     * A value as fp32, rounded where the format holds more.
     *
     * @param bytes in the byte order of the file
     * @param at position of the value's first byte
     */
    public abstract float read(ByteBuffer bytes, int at);

    private static float fromHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> HALF_FRACTION_BITS) & HALF_EXPONENT_MASK;
        int fraction = half & HALF_FRACTION_MASK;
        if (exponent == 0) {
            float magnitude = Math.scalb((float) fraction, 1 - HALF_BIAS - HALF_FRACTION_BITS);
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == HALF_EXPONENT_MASK ? 0xFF : exponent - HALF_BIAS + 127;
        return Float.intBitsToFloat(
                sign | (wide << FRACTION_BITS) | (fraction << (FRACTION_BITS - HALF_FRACTION_BITS)));
    }
}
