package io.maeharness.files;

import java.util.Objects;

/** A message as a line for a user: what files that nobody vouches for put into it cannot break it, hide in it or fill it. */
public final class MessageLine {
    private static final int LONGEST = 1200;
    private static final int HEAD = 800;
    private static final int TAIL = 300;

    private MessageLine() {}

    /**
     * The message on one line, without control characters; of one that is too long the middle is left out, as the cause
     * stands at its beginning and the way out at its end.
     */
    public static String of(String message) {
        String whole = Objects.requireNonNull(message, "message").strip();
        String cut = whole.length() <= LONGEST
                ? whole
                : whole.substring(0, HEAD) + " … " + whole.substring(whole.length() - TAIL);
        return cut.replaceAll("\\s*\\R\\s*", " ") // of the cut text: of white space alone it takes time squared
                .codePoints()
                .map(c -> isUnseen(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Control characters, those that turn the direction of a text, and halves of a character. */
    private static boolean isUnseen(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c) || type == Character.FORMAT || type == Character.SURROGATE;
    }
}
