package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles, rows, records, curves and ledgers, damaged. More by hand: {@code -Dmae.fuzz.mutations=10000}. */
class TextFuzzTest {
    @TempDir
    private Path directory;

    @Test
    void damagedTextsAreReadOrRefusedInOneLine() throws IOException {
        assertTrue(TextFuzzer.run(
                directory, Integer.getInteger("mae.fuzz.mutations", 800), Long.getLong("mae.fuzz.seed", 1)));
    }
}
