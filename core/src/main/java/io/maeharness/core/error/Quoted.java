package io.maeharness.core.error;

/** Names and texts from files that nobody vouches for, made fit for a line on a terminal. */
public final class Quoted {
    private static final int LONGEST = 120;

    private Quoted() {}

    /** The name in quotation marks, without control characters and cut to a length that fits a line. */
    public static String of(String name) {
        return "'" + cut(name) + "'";
    }

    /** The text without control characters, cut to a length that fits a line. */
    public static String cut(String text) {
        String head = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return head.codePoints()
                .map(c ->
                        Character.isISOControl(c) || !Character.isDefined(c) || Character.getType(c) == Character.FORMAT
                                ? '?'
                                : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
