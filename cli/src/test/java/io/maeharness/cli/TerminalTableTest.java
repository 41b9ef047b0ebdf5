package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
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
    void whatTheSignsMeanIsKept() {
        String markdown =
                """
                | blocks | ft, ours | Δ |
                | :--- | ---: | ---: |
                | 1 | 61.2 ± 0.31 | −0.4 ± 0.2\\* |

                - Ours: mean ± half of its 95 % interval, over 2 seeds.
                - \\*: differs, p &lt; 0.05.
                - Paper: ViT-L/16.
                """;
        assertEquals(
                List.of("Ours: mean ± half of its 95 % interval, over 2 seeds.", "*: differs, p < 0.05."),
                TerminalTable.of(markdown).lines().skip(3).toList());
    }

    @Test
    void aLongReasonIsShortened() {
        String table = TerminalTable.of("| a | b |\n| --- | --- |\n| " + "x".repeat(80) + " | 1 |\n");
        assertEquals(35, table.lines().mapToInt(String::length).max().orElseThrow());
    }
}
