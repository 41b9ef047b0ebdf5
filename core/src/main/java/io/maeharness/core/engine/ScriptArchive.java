package io.maeharness.core.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive: a zip of stored entries with the source, a pickle of one object of the class and its
 * attributes, an empty constant table and the format version.
 */
final class ScriptArchive {
    private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

    private ScriptArchive() {}

    /**
     * Returns the bytes of an archive.
     *
     * @param className name of the class in {@code source}
     * @param source TorchScript, {@code self} without a type
     * @param attributes value of each attribute: Boolean, Integer or Double
     */
    static byte[] write(String className, String source, Map<String, Object> attributes) {
        String qualified = source.replace("(self)", "(self: __torch__." + className + ")")
                .replace("(self,", "(self: __torch__." + className + ",");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            entry(zip, "data.pkl", pickle(className, attributes));
            entry(zip, "code/__torch__.py", qualified.getBytes(StandardCharsets.UTF_8));
            entry(zip, "constants.pkl", EMPTY_TUPLE);
            entry(zip, "version", "10\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry("script/" + name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** Pickle protocol 2: {@code cls.__new__(cls)} with the attributes as its state. */
    private static byte[] pickle(String className, Map<String, Object> attributes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x80, 2, 'c'});
        out.write(("__torch__\n" + className + "\n").getBytes(StandardCharsets.UTF_8));
        out.write(new byte[] {')', (byte) 0x81, '}', '('});
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            byte[] name = attribute.getKey().getBytes(StandardCharsets.UTF_8);
            out.write('X');
            out.write(little(4).putInt(name.length).array());
            out.write(name);
            out.write(value(attribute.getValue()));
        }
        out.write(new byte[] {'u', 'b', '.'});
        return out.toByteArray();
    }

    private static byte[] value(Object value) {
        if (value instanceof Boolean b) {
            return new byte[] {(byte) (b ? 0x88 : 0x89)};
        }
        if (value instanceof Integer i) {
            return little(5).put((byte) 'J').putInt(i).array();
        }
        if (value instanceof Double d) {
            return ByteBuffer.allocate(9).put((byte) 'G').putDouble(d).array();
        }
        throw new IllegalArgumentException("a script attribute is a Boolean, Integer or Double, got " + value);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
