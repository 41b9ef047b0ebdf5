package io.maeharness.core.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HarnessExceptionTest {

    @Test
    void aMessageOfSeveralLinesBecomesOneLine() {
        assertEquals("a b", HarnessException.data(" a\n  b\r\n").getMessage());
    }

    @Test
    void dataProblemsAreOfKindData() {
        assertEquals(HarnessException.Kind.DATA, HarnessException.data("x").kind());
    }
}
