package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CheckedOutputTest {
    private static CheckedOutput printedTo(OutputStream out) {
        CheckedOutput checked = new CheckedOutput(out);
        PrintWriter writer = new PrintWriter(checked, true, StandardCharsets.UTF_8);
        writer.println("half a table");
        writer.flush();
        return checked;
    }

    private static OutputStream refusing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void whatAFullDiskRefusesIsRemembered() {
        assertEquals(
                "No space left on device",
                printedTo(refusing("No space left on device"))
                        .refused()
                        .orElseThrow()
                        .getMessage());
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoProblem() {
        assertTrue(printedTo(refusing("Broken pipe")).refused().isEmpty());
    }

    @Test
    void whatIsWrittenArrives() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(printedTo(out).refused().isEmpty());
        assertEquals("half a table" + System.lineSeparator(), out.toString(StandardCharsets.UTF_8));
    }
}
