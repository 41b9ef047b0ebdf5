package io.maeharness.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {
    private static final String OPENING = "<!-- results: quick table1f; written by ./mae report --publish -->\n";

    @TempDir
    private Path root;

    @BeforeEach
    void publish() throws IOException {
        Path published = Files.createDirectories(root.resolve("results/published/quick/plots"));
        Files.writeString(published.resolveSibling("table1f.md"), "## Table 1f\n\n| case |\n");
        Files.writeString(published.resolve("table1f.svg"), "<svg/>");
        Files.writeString(published.resolve("table1f-dark.svg"), "<svg/>");
        Files.writeString(published.resolve("table1f-loss.svg"), "<svg/>");
        Files.writeString(published.resolve("table1f-knn-difference.svg"), "<svg/>");
        Files.writeString(published.resolveSibling("table1f-companion.md"), "## Another table\n");
        Files.writeString(published.resolve("table1f-companion-ft-difference.svg"), "<svg/>");
    }

    @Test
    void theReadmesSectionHoldsThePublishedTableAndItsPlot() throws IOException {
        Path readme = readme("Before.\n\n" + OPENING + "old\n<!-- end -->\n\nAfter.\n");
        new Checkout(root).refreshReadme("quick");
        assertEquals(
                "Before.\n\n" + OPENING + "### Table 1f\n\n| case |\n\n"
                        + "<picture><source media=\"(prefers-color-scheme: dark)\""
                        + " srcset=\"results/published/quick/plots/table1f-dark.svg\">"
                        + "<img src=\"results/published/quick/plots/table1f.svg\" alt=\"table1f\" width=\"49%\"></picture>\n"
                        + "<!-- end -->\n\nAfter.\n",
                Files.readString(readme));
    }

    @Test
    void theSectionOfAnotherProfileIsLeftAlone() throws IOException {
        Path readme = readme(OPENING + "old\n<!-- end -->\n");
        new Checkout(root).refreshReadme("cifar10");
        assertTrue(Files.readString(readme).contains("old"));
    }

    @Test
    void theReadmeOfTheHarnessHasASectionOfTheQuickProfile() throws IOException {
        assertTrue(Files.readString(Path.of("..", "README.md")).contains("<!-- results: quick "));
    }

    private Path readme(String text) throws IOException {
        return Files.writeString(root.resolve("README.md"), text);
    }
}
