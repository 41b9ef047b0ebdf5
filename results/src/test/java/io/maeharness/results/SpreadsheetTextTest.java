package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No free text begins a formula, and it comes back as it was. */
class SpreadsheetTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+2",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "'=1",
                "''=1",
                "plain",
                "it's",
                "'quoted'",
                "",
                "a=1"
            })
    void aFormulaIsTextAndComesBack(String text) {
        String written = SpreadsheetText.guarded(text);
        assertFalse(written.matches("(?s)[=+\\-@\\t\\r].*"), written);
        assertEquals(text, SpreadsheetText.plain(written));
    }
}
