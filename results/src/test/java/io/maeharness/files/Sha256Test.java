package io.maeharness.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    /** Source: FIPS 180-2, appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void bytesTextsBuffersAndFilesHaveOneDigest(@TempDir Path directory) throws IOException {
        byte[] bytes = "abc".getBytes(StandardCharsets.US_ASCII);
        assertEquals(ABC, Sha256.of(bytes));
        assertEquals(ABC, Sha256.of("abc"));
        assertEquals(ABC, Sha256.of(Files.write(directory.resolve("file"), bytes)));
        assertEquals(ABC, new Sha256().add(ByteBuffer.wrap(bytes)).hex());
    }

    @Test
    void neighbouringTextsDoNotRunIntoEachOther() {
        assertNotEquals(
                new Sha256().add("ab").add("c").hex(),
                new Sha256().add("a").add("bc").hex());
    }
}
