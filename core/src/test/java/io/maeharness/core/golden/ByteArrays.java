package io.maeharness.core.golden;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads the arrays of unsigned bytes in an npz archive without an engine. */
public final class ByteArrays {

    private ByteArrays() {}

    /** Returns the elements of each array in row-major order, by name; an array of another element type is refused. */
    public static Map<String, byte[]> read(Path npz) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(npz))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName().replaceFirst("\\.npy$", "");
                entries.put(name, parse(name, zip.readAllBytes()));
            }
        }
        return entries;
    }

    private static byte[] parse(String name, byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int major = file[6];
        int start = major == 1 ? 10 : 12;
        int length = major == 1 ? Short.toUnsignedInt(buffer.getShort(8)) : buffer.getInt(8);
        String header = new String(file, start, length, StandardCharsets.ISO_8859_1);
        if (!header.contains("|u1") || !header.contains("'fortran_order': False")) {
            throw new IllegalStateException(name + " is not an array of bytes in row-major order: " + header.strip());
        }
        byte[] bytes = new byte[file.length - start - length];
        System.arraycopy(file, start + length, bytes, 0, bytes.length);
        return bytes;
    }
}
