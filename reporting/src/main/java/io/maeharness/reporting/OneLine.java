package io.maeharness.reporting;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text from outside (names of data, of classes, of models, notes of a profile) as one line: a line feed in it would end a
 * row of a table, a comment or a paragraph, whatever else is escaped.
 */
final class OneLine {
    private static final Pattern SPACES = Pattern.compile("[\\s\\u0085\\u2028\\u2029]+");

    /** Control characters, halves of a character, and those that turn the direction of what follows them. */
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufffe\\uffff]");

    private OneLine() {}

    /** The text with one space for each run of them, and without what cannot be seen. */
    static String of(String text) {
        return seen(SPACES.matcher(text).replaceAll(" "));
    }

    /** A whole page of lines without what cannot be seen; an escaped text may still turn the direction of its sentence. */
    static String page(String lines) {
        return lines.lines().map(OneLine::seen).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String seen(String line) {
        return UNSEEN.matcher(line).replaceAll("");
    }
}
