package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CodebookUsageTest {
    @Test
    void equallyFrequentWordsHaveTheirNumberAsPerplexity() {
        CodebookUsage usage = new CodebookUsage(8);
        usage.add(new long[] {0, 3, 5, 7, 7, 5, 3, 0});
        assertEquals(4, usage.perplexity(), 1e-12);
        assertEquals(50, usage.usedPercent(), 1e-12);
    }

    @Test
    void oneWordAloneHasPerplexityOne() {
        CodebookUsage usage = new CodebookUsage(8);
        usage.add(new long[] {2, 2, 2});
        assertEquals(1, usage.perplexity(), 1e-12);
        assertEquals(12.5, usage.usedPercent(), 1e-12);
    }

    @Test
    void frequentWordsComeFirstAndTiesKeepTheirOrder() {
        CodebookUsage usage = new CodebookUsage(4);
        usage.add(new long[] {2, 2, 1});
        assertArrayEquals(new int[] {2, 1, 0, 3}, usage.byFrequency());
    }

    @Test
    void aWordOutsideTheVocabularyIsRefused() {
        CodebookUsage usage = new CodebookUsage(4);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> usage.add(new long[] {4}));
        assertEquals("word 4 is none of the 4 of the vocabulary", e.getMessage());
    }
}
