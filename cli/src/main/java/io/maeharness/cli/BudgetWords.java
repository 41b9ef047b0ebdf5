package io.maeharness.cli;

import io.maeharness.ablations.budget.SeedBlock;
import io.maeharness.cli.progress.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a budget is about to be spent on, for people. */
final class BudgetWords {
    private static final Duration SOON = Duration.ofHours(1);

    private BudgetWords() {}

    /** The next block: what, how long, and what it is expected to decide. */
    static String next(SeedBlock block, List<String> open) {
        return String.format(
                Locale.ROOT,
                "next %s, about %s, expected to decide %.1f of its %d open: %s",
                block.inWords(),
                Durations.words(block.cost()),
                block.decisions(),
                open.size(),
                String.join(", ", open));
    }

    /** What the next hour of a course is expected to decide, or what is left of the time where that is less. */
    static String soon(List<SeedBlock> course, Duration left) {
        String span = left.compareTo(SOON) < 0 ? "the rest of the budget" : "the next hour";
        Duration rest = SOON;
        List<SeedBlock> soon = new ArrayList<>();
        for (SeedBlock block : course) {
            rest = rest.minus(block.cost());
            if (rest.isNegative()) {
                break;
            }
            soon.add(block);
        }
        return soon.isEmpty()
                ? span + " is not expected to end a block"
                : String.format(
                        Locale.ROOT,
                        "%s is expected to decide %.1f: %s",
                        span,
                        soon.stream().mapToDouble(SeedBlock::decisions).sum(),
                        soon.stream().map(SeedBlock::inWords).collect(Collectors.joining(", ")));
    }

    /** The block that takes least time. */
    static String shortest(List<SeedBlock> blocks) {
        SeedBlock least =
                blocks.stream().min(Comparator.comparing(SeedBlock::cost)).orElseThrow();
        return least.inWords() + ", about " + Durations.words(least.cost());
    }

    /** A block a line, with the time at which it ends. */
    static List<String> course(List<SeedBlock> course, Duration from) {
        List<String> lines = new ArrayList<>();
        Duration at = from;
        for (SeedBlock block : course) {
            at = at.plus(block.cost());
            lines.add(String.format(
                    Locale.ROOT,
                    "  after %-11s %-22s expected to decide %.1f",
                    Durations.words(at),
                    block.inWords(),
                    block.decisions()));
        }
        return lines;
    }
}
