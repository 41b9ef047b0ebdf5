package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text from outside is text in every format that a report is written in. */
class OutsideTextTest {
    private static final String HOSTILE =
            "a|b\n\n# c <script>alert(1)</script> [x](javascript:1) $\\\\input{/etc/passwd}$ 100% & `d` \u202Eevil\u0000";

    @Test
    void markdownHasNoLineCellLinkTagOrFormulaOfIt() {
        assertEquals(
                "a\\|b # c &lt;script&gt;alert(1)&lt;/script&gt; \\[x\\](javascript:1) &#36;\\\\\\\\input{/etc/passwd}&#36;"
                        + " 100% &amp; \\`d\\` evil",
                MarkdownTable.escape(HOSTILE));
    }

    @Test
    void latexHasNoCommandOrParagraphOfIt() {
        String latex = LatexTable.escape(HOSTILE);
        assertFalse(latex.contains("\\input"), latex);
        assertFalse(latex.contains("\n"), latex);
        assertFalse(latex.replace("\\%", "").contains("%"), latex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a `b` c", "`", "``a`"})
    void codeEndsWhereItsTextEnds(String text) {
        String code = MarkdownTable.code(text);
        String fence = code.replaceAll("^(`+).*", "$1");
        assertEquals(
                text,
                code.substring(fence.length(), code.length() - fence.length()).strip());
        assertFalse(text.contains(fence), code);
    }
}
