package io.maeharness.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0.41, 0.4 s",
        "9.96, 10 s",
        "45, 45 s",
        "120, 2 min",
        "4320, 72 min",
        "7260, 2 h 1 min",
        "446400, 5 d 4 h"
    })
    void areSaidAsPeopleSayThem(double seconds, String words) {
        assertEquals(words, Durations.words(seconds));
    }
}
