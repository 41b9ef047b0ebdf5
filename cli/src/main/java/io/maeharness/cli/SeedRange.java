package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Seeds that follow each other, as an option names them: {@code 3} for 0 to 2, {@code 5-7} for 5 to 7.
 *
 * @param first the smallest
 * @param count how many
 */
record SeedRange(int first, int count) {
    /** A plan of more takes minutes to make and years to run. */
    private static final int MOST = 100;

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    /** Checks that there is a seed. */
    SeedRange {
        if (first < 0 || count < 1) {
            throw new InvalidSettingException(
                    "seeds begin at 0 or above and are 1 or more, got " + count + " from " + first + " on");
        }
    }

    /**
     * Reads the option.
     *
     * @throws HarnessException of kind USAGE when there is no seed in it
     */
    static SeedRange of(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (matcher.matches()) {
            int number = Integer.parseInt(matcher.group(1));
            if (matcher.group(2) == null && number > 0) {
                return limited(0, number);
            }
            if (matcher.group(2) != null && Integer.parseInt(matcher.group(2)) >= number) {
                return limited(number, Integer.parseInt(matcher.group(2)) - number + 1);
            }
        }
        throw new HarnessException(
                Kind.USAGE, "--seeds takes how many seeds (3 for the seeds 0 to 2) or which (5-7), got '" + text + "'");
    }

    private static SeedRange limited(int first, int count) {
        if (count > MOST) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--seeds takes at most " + MOST + " seeds at once, got " + count
                            + "; go on with further ones, such as " + (first + MOST) + "-" + (first + 2 * MOST - 1)
                            + ", in the same --output");
        }
        return new SeedRange(first, count);
    }
}
