package io.maeharness.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;

/** Finds what a mistyped name was probably meant to be. */
public final class NearestName {
    private NearestName() {}

    /**
     * The known name with the fewest edits from {@code written}.
     *
     * @throws IllegalArgumentException when nothing is known
     */
    public static String of(String written, Collection<String> known) {
        return of(written, known, Function.identity());
    }

    /**
     * The candidate whose name has the fewest edits from {@code written}; the first of several.
     *
     * @throws IllegalArgumentException when there is no candidate
     */
    public static <T> T of(String written, Collection<T> candidates, Function<T, String> name) {
        String lower = written.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .min(Comparator.comparingInt(c -> edits(lower, name.apply(c).toLowerCase(Locale.ROOT))))
                .orElseThrow(() -> new IllegalArgumentException("nothing is known that '" + written + "' could mean"));
    }

    /** Insertions, deletions and substitutions that turn one text into the other (Levenshtein). */
    static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
