package io.maeharness.baselines.tokenizer;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How often each word of a vocabulary was chosen. */
final class CodebookUsage {
    private final long[] counts;

    CodebookUsage(int vocabulary) {
        counts = new long[vocabulary];
    }

    /**
     * Counts words.
     *
     * @throws IllegalArgumentException for a word that the vocabulary does not have
     */
    void add(long[] words) {
        for (long word : words) {
            if (word < 0 || word >= counts.length) {
                throw new IllegalArgumentException(
                        "word " + word + " is none of the " + counts.length + " of the vocabulary");
            }
            counts[(int) word]++;
        }
    }

    /** Percent of the words that were chosen at least once. */
    double usedPercent() {
        return 100.0 * Arrays.stream(counts).filter(count -> count > 0).count() / counts.length;
    }

    /** exp of the entropy of the frequencies: as many words as would carry the same if they were equally frequent. */
    double perplexity() {
        double total = LongStream.of(counts).sum();
        double entropy = Arrays.stream(counts)
                .filter(count -> count > 0)
                .mapToDouble(count -> -count / total * Math.log(count / total))
                .sum();
        return Math.exp(entropy);
    }

    /** The words, the most frequent first; equally frequent ones in their order. */
    int[] byFrequency() {
        return IntStream.range(0, counts.length)
                .boxed()
                .sorted((a, b) -> counts[a] == counts[b] ? Integer.compare(a, b) : Long.compare(counts[b], counts[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** How often a word was chosen. */
    long count(int word) {
        return counts[word];
    }

    /** Words of the vocabulary. */
    int vocabulary() {
        return counts.length;
    }
}
