package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedRangeTest {
    @ParameterizedTest
    @CsvSource({"3, 0, 3", "1, 0, 1", "5-7, 5, 3", "4-4, 4, 1", "0-0, 0, 1"})
    void oneNumberIsHowManyAndTwoAreWhich(String text, int first, int count) {
        assertEquals(new SeedRange(first, count), SeedRange.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7-5", "-1", "1-", "many", "1,2", ""})
    void whatNamesNoSeedIsRefused(String text) {
        HarnessException refused = assertThrows(HarnessException.class, () -> SeedRange.of(text));
        assertEquals(HarnessException.Kind.USAGE, refused.kind());
        assertTrue(refused.getMessage().contains("got '" + text + "'"), refused.getMessage());
    }

    @Test
    void seedsBeginAtZero() {
        assertThrows(IllegalArgumentException.class, () -> new SeedRange(-1, 2));
    }
}
