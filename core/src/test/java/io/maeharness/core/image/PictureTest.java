package io.maeharness.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {

    @Test
    void theByteCountMustFitTheShape() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Picture(2, 2, 3, new byte[4]))
                .getMessage();
        assertTrue(message.contains("needs 12 bytes, got 4"), message);
    }

    @Test
    void statisticsAreThoseOfAllPixelsOfAChannel() {
        PixelHistogram histogram = new PixelHistogram(3);
        histogram.add(new Picture(2, 1, 3, new byte[] {0, 51, 10, (byte) 255, 51, 30}));
        histogram.add(new Picture(1, 1, 3, new byte[] {0, 102, 20}));
        PixelStatistics statistics = histogram.statistics();
        assertEquals(1 / 3.0, statistics.mean().get(0), 1e-12);
        assertEquals(Math.sqrt(2 / 9.0), statistics.deviation().get(0), 1e-12);
        assertEquals(4 / 15.0, statistics.mean().get(1), 1e-12);
    }

    @Test
    void standardisingAndBackIsTheIdentity() {
        PixelStatistics statistics = new PixelStatistics(List.of(0.3), List.of(0.2));
        for (int level = 0; level < 256; level++) {
            assertEquals(level, statistics.level(statistics.standardise(level, 0), 0));
        }
    }

    @Test
    void aConstantChannelCannotBeStandardised() {
        assertThrows(IllegalArgumentException.class, () -> new PixelStatistics(List.of(0.3), List.of(0.0)));
    }
}
