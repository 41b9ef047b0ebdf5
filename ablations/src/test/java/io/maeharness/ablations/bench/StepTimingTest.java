package io.maeharness.ablations.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepTimingTest {
    /** A step of 20 ms and products of 50 ms, both ten times slower when they are cold. */
    @Test
    void stepsAndProductsAreTimedInTurnWhenTheyAreWarm() {
        AtomicLong clock = new AtomicLong();
        List<String> order = new ArrayList<>();
        StepTiming timing =
                StepTiming.of(fake(clock, order, "step", 20), fake(clock, order, "product", 50), clock::get);
        assertEquals(0.020, timing.stepSeconds(), 1e-9);
        assertEquals(0.050, timing.productSeconds(), 1e-9);
        assertEquals(List.of("step", "product", "step", "product"), order.subList(0, 4));
    }

    private static TimedStep fake(AtomicLong clock, List<String> order, String name, long millis) {
        return new TimedStep() {
            private boolean warm;

            @Override
            public double run() {
                order.add(name);
                clock.addAndGet(1_000_000 * millis * (warm ? 1 : 10));
                warm = true;
                return 0;
            }

            @Override
            public void close() {}
        };
    }
}
