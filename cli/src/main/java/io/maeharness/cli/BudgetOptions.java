package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that give a time instead of a number of seeds. */
final class BudgetOptions {
    private static final Pattern WRITTEN = Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description =
                    "e.g. 2h, 90m, 1h30m: every row once, then the seeds that are likely to decide most claims of the"
                            + " paper for their time, table by table")
    private Optional<String> budget = Optional.empty();

    @Option(
            names = "--until-decided",
            description = "the same until every primary claim is decided, or not likely to be by 20 seeds")
    private boolean untilDecided;

    /** Whether one of them is given. */
    boolean isGiven() {
        return budget.isPresent() || untilDecided;
    }

    /**
     * The time there is; empty without a limit.
     *
     * @throws HarnessException of kind USAGE when the option is not a time
     */
    Optional<Duration> limit() {
        return budget.map(BudgetOptions::duration);
    }

    /**
     * Checks that nothing else says how much is to be measured.
     *
     * @param seeds whether other options choose seeds
     * @param columns whether other options choose columns
     * @param force whether finished stages are to be run again
     * @throws HarnessException of kind USAGE when something does
     */
    void requireAlone(List<String> selectors, boolean seeds, boolean columns, boolean force) {
        limit();
        refuse(seeds, "seeds are chosen by what they decide; leave the option that chooses them out");
        refuse(columns, "claims need all columns; leave --metrics out");
        selectors.stream()
                .filter(selector -> selector.contains("/"))
                .findFirst()
                .ifPresent(selector -> refuse(
                        true,
                        "claims need whole tables; write " + selector.substring(0, selector.indexOf('/'))
                                + " instead of " + selector));
        refuse(force, "every block would be measured anew; leave --force out");
    }

    /**
     * Checks that neither is given.
     *
     * @param option what has no use for them
     * @throws HarnessException of kind USAGE when one is
     */
    void requireAbsent(String option) {
        if (isGiven()) {
            throw new HarnessException(
                    Kind.USAGE, option + ": a budget is spent by this machine's pace; leave it out, or " + option);
        }
    }

    private void refuse(boolean given, String why) {
        if (given) {
            throw new HarnessException(Kind.USAGE, (budget.isPresent() ? "--budget" : "--until-decided") + ": " + why);
        }
    }

    static Duration duration(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!text.isEmpty() && matcher.matches()) {
            Duration time = Duration.ofHours(number(matcher.group(1)))
                    .plusMinutes(number(matcher.group(2)))
                    .plusSeconds(number(matcher.group(3)));
            if (!time.isZero()) {
                return time;
            }
        }
        throw new HarnessException(
                Kind.USAGE, "--budget takes a time such as 2h, 90m, 1h30m or 45s, got '" + text + "'");
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
