package io.maeharness.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    private final List<String> events = new ArrayList<>();

    private final RunProgress progress = new RunProgress(
            new Screen() {
                @Override
                public void event(String lines) {
                    events.add(lines);
                }

                @Override
                public void status(List<String> lines) {
                    assertTrue(!lines.isEmpty());
                }

                @Override
                public void close() {
                    events.clear();
                }
            },
            stage -> {});

    @Test
    void theFirstEstimateOfTheEndIsToldAtOnceAndOnlyOnce() {
        progress.begun(118, 0);
        progress.remaining(118, Optional.empty());
        progress.remaining(118, Optional.of(Duration.ofMinutes(21)));
        progress.remaining(118, Optional.of(Duration.ofMinutes(22)));
        assertEquals(2, events.size(), events.toString());
        assertTrue(events.get(1).startsWith("0 of 118 stages done, about 21 min left, until "), events.get(1));
    }
}
