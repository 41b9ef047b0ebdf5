package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavaOptionsTest {
    @Test
    void aJavaThatDoesNotKnowTheOptionsIsNotGivenThem() {
        assertEquals(List.of(), JavaOptions.ofNativeAccess(17));
        assertEquals(List.of(), JavaOptions.ofNativeAccess(21));
    }

    @Test
    void aJavaThatWarnsOfNativeAccessIsToldOfIt() {
        assertTrue(JavaOptions.ofNativeAccess(25).contains("--enable-native-access=ALL-UNNAMED"));
    }

    @Test
    void whereLibrariesAreUnpackedReachesEveryProcess() {
        String before = System.setProperty("jna.tmpdir", "/natives/jna");
        try {
            assertEquals("/natives/jna", EngineProcess.properties().get("jna.tmpdir"));
            assertEquals(
                    System.getProperty("java.io.tmpdir"),
                    EngineProcess.properties().get("java.io.tmpdir"));
        } finally {
            if (before == null) {
                System.clearProperty("jna.tmpdir");
            } else {
                System.setProperty("jna.tmpdir", before);
            }
        }
    }
}
