package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.cli.DeviceOptions.Compute;
import io.maeharness.core.stage.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerCountTest {
    private static final double GIB = 1L << 30;

    @Test
    void smallStagesGetAWorkerACore() {
        assertEquals(2, WorkerCount.fitting(2, 0.8 * GIB, 24 * GIB));
    }

    @Test
    void largeStagesGetAsManyWorkersAsMemoryHolds() {
        assertEquals(1, WorkerCount.fitting(2, 12 * GIB, 24 * GIB));
        assertEquals(3, WorkerCount.fitting(16, 12 * GIB, 48 * GIB));
    }

    @Test
    void oneWorkerTriesEvenWhenTheEstimateSaysItDoesNotFit() {
        assertEquals(1, WorkerCount.fitting(2, 100 * GIB, 24 * GIB));
    }

    @Test
    void aNumberThatWasAskedForIsKept() {
        assertEquals(5, WorkerCount.of(new Compute(List.of("cpu"), Precision.FP32, 5, true), List.of()));
    }
}
