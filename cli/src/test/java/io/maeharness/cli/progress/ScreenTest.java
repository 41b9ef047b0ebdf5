package io.maeharness.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final String ESCAPE = "\u001b";

    private final StringWriter written = new StringWriter();
    private long now;

    @Test
    void aTerminalRedrawsTheStatusInPlace() {
        AnsiScreen screen = new AnsiScreen(new PrintWriter(written), () -> now);
        screen.status(List.of("worker 1", "total"));
        now += TimeUnit.SECONDS.toNanos(1);
        screen.status(List.of("worker 1 further", "total"));
        assertTrue(written.toString().contains(ESCAPE + "[2A\r" + ESCAPE + "[J"), written.toString());
    }

    @Test
    void anEventOnATerminalScrollsAboveTheStatus() {
        AnsiScreen screen = new AnsiScreen(new PrintWriter(written), () -> now);
        screen.status(List.of("total"));
        screen.event("done");
        String text = written.toString();
        assertTrue(text.indexOf("done") < text.lastIndexOf("total"), text);
    }

    @Test
    void aTerminalIsRedrawnAFewTimesASecondAtMost() {
        AnsiScreen screen = new AnsiScreen(new PrintWriter(written), () -> now);
        screen.status(List.of("first"));
        screen.status(List.of("second"));
        assertFalse(written.toString().contains("second"));
    }

    @Test
    void aLogHasNoEscapeCodesAndTheStatusEveryTenSeconds() {
        LogScreen screen = new LogScreen(new PrintWriter(written), () -> now);
        screen.event("done");
        screen.status(List.of("too early"));
        now += TimeUnit.SECONDS.toNanos(10);
        screen.status(List.of("in time"));
        List<String> lines = written.toString().lines().toList();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(0).matches("\\d\\d:\\d\\d:\\d\\d done"), lines.get(0));
        assertTrue(lines.get(1).endsWith("in time"));
        assertFalse(written.toString().contains(ESCAPE));
    }
}
