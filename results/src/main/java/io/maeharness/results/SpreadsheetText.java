package io.maeharness.results;

import java.util.regex.Pattern;

/**
 * Free text in a CSV file: a spreadsheet takes what begins like a formula for one and computes it. An apostrophe before it
 * says that it is text, and is taken away again on reading.
 */
final class SpreadsheetText {
    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\\t\\r\\n].*", Pattern.DOTALL);
    private static final Pattern GUARDED = Pattern.compile("'+[=+\\-@\\t\\r\\n].*", Pattern.DOTALL);

    private SpreadsheetText() {}

    /** The text as it is written. */
    static String guarded(String text) {
        return FORMULA.matcher(text).matches() ? "'" + text : text;
    }

    /** The text as it was, of one that was written. */
    static String plain(String written) {
        return GUARDED.matcher(written).matches() ? written.substring(1) : written;
    }
}
