package io.maeharness.ablations.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BenchProgressTest {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private long seconds;
    private final BenchProgress progress = new BenchProgress(
            new PrintStream(text, true, StandardCharsets.UTF_8), () -> seconds * 1_000_000_000L, 3, 30);

    @Test
    void theFirstLineHasTheExpectedEnd() {
        progress.begin("steps", 10);
        assertEquals(
                "  0 of 3 done, about 30 s left; now steps",
                text.toString(StandardCharsets.UTF_8).stripTrailing());
    }

    @Test
    void whatTookLongerThanExpectedMovesTheEnd() {
        progress.begin("steps", 10);
        seconds = 20;
        progress.begin("products", 10);
        assertEquals(40, progress.secondsLeft(), 1e-9);
    }

    @Test
    void aRoundThatWouldEndTooLateIsNotBegun() {
        assertTrue(progress.hasTimeFor(0));
        seconds = 90;
        assertTrue(progress.hasTimeFor(1));
        seconds = 180;
        assertFalse(progress.hasTimeFor(1));
        assertFalse(progress.isLate());
        seconds = 201;
        assertTrue(progress.isLate());
    }
}
