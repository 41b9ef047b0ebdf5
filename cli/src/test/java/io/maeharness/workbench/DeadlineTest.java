package io.maeharness.workbench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void aDeadlineCallsWhenItIsOver() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        Deadline soon = Deadline.in(Duration.ofMillis(20));
        try (Deadline.Watch watch = soon.watch(called::countDown)) {
            watch.begin();
            assertTrue(called.await(10, TimeUnit.SECONDS));
        }
        assertTrue(soon.isOver());
        assertFalse(Deadline.NONE.isOver());
    }
}
