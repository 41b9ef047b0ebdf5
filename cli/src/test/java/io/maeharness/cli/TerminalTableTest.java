package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TerminalTableTest {
    @Test
    void columnsAreAlignedAndMarkupIsGone() {
        String markdown =
                """
                ## Table 1x\\. Something

                Prose that is left out.

                | blocks | ft, ours | Δ |
                | :--- | ---: | ---: |
                | 1 | 61.2 | −0.4\\* |
                | **4** (default) | **61.6** |  |

                - A note.
                """;
        assertEquals(
                """
                Table 1x. Something
                blocks       ft, ours      Δ
                -----------  --------  -----
                1                61.2  −0.4*
                4 (default)      61.6""",
                TerminalTable.of(markdown).replace(System.lineSeparator(), "\n"));
    }

    @Test
    void aLongReasonIsShortened() {
        String table = TerminalTable.of("| a | b |\n| --- | --- |\n| " + "x".repeat(80) + " | 1 |\n");
        assertEquals(35, table.lines().mapToInt(String::length).max().orElseThrow());
    }
}
