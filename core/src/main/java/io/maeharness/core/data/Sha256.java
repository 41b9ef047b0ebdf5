package io.maeharness.core.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A running SHA-256. */
public final class Sha256 {

    private final MessageDigest digest;

    /** Nothing is added yet. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest of bytes alone, hexadecimal. */
    public static String of(byte[] bytes) {
        return new Sha256().add(bytes).hex();
    }

    /** Adds bytes. */
    public Sha256 add(byte[] bytes) {
        return add(bytes, 0, bytes.length);
    }

    /** Adds some of the bytes. */
    public Sha256 add(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    /** Adds a text with its length, so that neighbouring texts cannot run into each other. */
    public Sha256 add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return add(bytes.length).add(bytes);
    }

    /** Adds a number, big-endian. */
    public Sha256 add(long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            digest.update((byte) (number >>> shift));
        }
        return this;
    }

    /** The digest of what was added, hexadecimal; ends the adding. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
