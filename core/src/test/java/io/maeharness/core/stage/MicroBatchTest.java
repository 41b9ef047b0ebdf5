package io.maeharness.core.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.core.config.Schedule;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicroBatchTest {
    private static Schedule schedule(int batch, int microBatch, int shards) {
        return new Schedule(1, 0, batch, microBatch, 1e-3, 0, shards, 0);
    }

    private static int of(Schedule schedule, double fixed, double anImage, double device) {
        return MicroBatch.fitting(schedule, images -> fixed + images * anImage, device)
                .orElseThrow();
    }

    /** ViT-L by the estimate of its memory: 6 GB and 0.14 GB an image. */
    @ParameterizedTest
    @CsvSource({"85e9,256", "42e9,128", "25e9,64", "11e9,8", "6.1e9,1"})
    void aGpuTakesAsManyAsItsMemoryHolds(double bytes, int expected) {
        assertEquals(expected, of(schedule(4096, 16, 1), 6e9, 0.14e9, bytes));
    }

    @Test
    void noMoreThanOneStepOrItsShardHas() {
        assertEquals(72, of(schedule(72, 18, 1), 1e9, 1e6, 80e9));
        assertEquals(100, of(schedule(100, 16, 1), 1e9, 1e6, 80e9));
        assertEquals(512, of(schedule(4096, 16, 8), 1e9, 1e6, 80e9));
    }

    @Test
    void theRecipeDecidesWhereNothingTellsTheMemory() {
        assertEquals(OptionalInt.empty(), MicroBatch.fitting(schedule(64, 16, 1), images -> 1, 0));
    }
}
