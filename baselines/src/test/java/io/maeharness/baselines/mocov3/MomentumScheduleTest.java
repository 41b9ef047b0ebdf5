package io.maeharness.baselines.mocov3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MomentumScheduleTest {
    private final MocoV3Training.MomentumSchedule schedule = new MocoV3Training.MomentumSchedule(0.99);

    @Test
    void itBeginsAtItsStart() {
        assertEquals(0.99, schedule.at(0), 1e-15);
    }

    @Test
    void itIsHalfWayInTheMiddle() {
        assertEquals(0.995, schedule.at(0.5), 1e-15);
    }

    @Test
    void itEndsAtOneAndStaysThere() {
        assertEquals(1, schedule.at(1), 0);
        assertEquals(1, schedule.at(1.01), 0);
    }
}
