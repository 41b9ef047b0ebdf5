package io.maeharness.cli;

import io.maeharness.ablations.replay.Replay;
import io.maeharness.ablations.replay.ReplayedStage;
import io.maeharness.ablations.replay.ReplayedStage.Comparison;
import io.maeharness.ablations.replay.ReplayedStage.Verdict;
import io.maeharness.results.CellKey;
import io.maeharness.results.difference.AnswerDifference;
import io.maeharness.results.difference.OutcomeDifference;
import io.maeharness.results.difference.OutcomeDifference.Value;
import io.maeharness.results.difference.ProvenanceDifference.Field;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A replay for people: every stage with its values, answers and draws, then what of the environment differs. */
final class ReplayText {
    private final Replay replay;
    private final StringBuilder text = new StringBuilder();

    private ReplayText(Replay replay) {
        this.replay = replay;
    }

    /** Lines, each with its end; the last one is the verdict. */
    static String of(Replay replay) {
        return new ReplayText(replay).whole();
    }

    private String whole() {
        line(
                "%n%s, seed %d",
                replay.cells().request().selector(), replay.cells().seed());
        replay.cells().leftOut().forEach(reason -> line("  left out: %s", reason));
        replay.stages().forEach(this::stage);
        environment();
        replay.misprinted()
                .forEach(cell ->
                        line("the row %s has another value than its own record: one of them was altered", cell));
        line("replay: %s", conclusion());
        return text.toString();
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format + "%n", arguments));
    }

    private void stage(ReplayedStage stage) {
        line("%s %s%s", stage.stage().stage().kind(), stage.stage().hash(), fills(stage));
        if (stage.comparison().isEmpty()) {
            line("  computed for what starts from it; nothing of it is published");
        }
        stage.comparison().ifPresent(comparison -> {
            boolean timed = stage.stage().stage().exclusive();
            comparison.outcome().values().forEach(value -> value(value, timed));
            comparison.outcome().answers().forEach(this::answers);
            draws(comparison.outcome());
        });
    }

    private String fills(ReplayedStage stage) {
        String metrics = replay.cells().rows().stream()
                .filter(row -> row.provenance().equals(stage.stage().hash()))
                .map(row -> row.metric())
                .collect(Collectors.joining(", "));
        return metrics.isEmpty() ? "" : ", the value of " + metrics;
    }

    private void value(Value value, boolean timed) {
        if (!value.isPresent()) {
            line("  %-18s %s published, not computed again", value.metric(), value.before());
        } else if (timed) {
            line(
                    "  %-18s %s published, %s now, ratio %.3f",
                    value.metric(), value.before(), value.after(), value.after() / value.before());
        } else if (value.isIdentical()) {
            line("  %-18s %s, same bits", value.metric(), value.after());
        } else {
            line(
                    "  %-18s %s published, %s now, difference %+.3g",
                    value.metric(), value.before(), value.after(), value.after() - value.before());
        }
    }

    private void answers(String metric, AnswerDifference answers) {
        String name = "answers of " + metric;
        if (answers.changed() == 0) {
            line("  %-18s all %,d equal", name, answers.images());
        } else {
            line(
                    "  %-18s %,d of %,d differ (%,d now wrong, %,d now right): %+.2f points, 95 %% interval %+.2f to %+.2f",
                    name,
                    answers.changed(),
                    answers.images(),
                    answers.lost(),
                    answers.won(),
                    answers.points(),
                    answers.points() - answers.halfWidth(),
                    answers.points() + answers.halfWidth());
        }
    }

    private void draws(OutcomeDifference outcome) {
        if (!outcome.draws().isEmpty()) {
            line(
                    "  %-18s %s",
                    "draws",
                    outcome.draws().entrySet().stream()
                            .map(draw -> draw.getKey() + (draw.getValue() ? " equal" : " DIFFER"))
                            .collect(Collectors.joining(", ")));
        }
    }

    private void environment() {
        Map<Field, Long> fields = replay.stages().stream()
                .flatMap(stage -> stage.comparison().stream())
                .flatMap(comparison -> comparison.environment().fields().stream())
                .collect(Collectors.groupingBy(field -> field, LinkedHashMap::new, Collectors.counting()));
        line("environment%s", fields.isEmpty() ? ": the same" : ", published -> now");
        fields.forEach((field, count) -> line("  %s%s", field, count < replay.compared() ? in(count) : ""));
    }

    private static String in(long stages) {
        return " (in " + stages + (stages == 1 ? " stage)" : " stages)");
    }

    private String conclusion() {
        return switch (replay.verdict()) {
            case IDENTICAL ->
                String.format(
                        Locale.ROOT,
                        "identical, %,d values and %,d answers in %d stages",
                        replay.values(),
                        replay.answers(),
                        replay.compared());
            case EXPLAINED -> "differs by no more than chance, as other processors and libraries may: " + extent();
            case NOT_JUDGED -> "timed again; times are never the same twice and are not judged";
            case DIFFERENT -> "differs: " + extent() + "; " + blame();
        };
    }

    private String extent() {
        long values = comparisons()
                .flatMap(comparison -> comparison.outcome().values().stream())
                .filter(value -> !value.isIdentical())
                .count();
        long answers = comparisons()
                .flatMap(comparison -> comparison.outcome().answers().values().stream())
                .mapToLong(AnswerDifference::changed)
                .sum();
        return String.format(
                Locale.ROOT,
                "%,d of %,d values and %,d of %,d answers in %d stages",
                values,
                replay.values(),
                answers,
                replay.answers(),
                replay.compared());
    }

    private Stream<Comparison> comparisons() {
        return replay.stages().stream().flatMap(stage -> stage.comparison().stream());
    }

    private String blame() {
        boolean demanded = replay.stages().stream()
                .filter(stage -> stage.verdict() == Verdict.DIFFERENT)
                .flatMap(stage -> stage.comparison().stream())
                .anyMatch(comparison -> !comparison.explained());
        if (demanded) {
            return "on this kind of processor and with these libraries every bit has to be the same: the code computes"
                    + " something else, and then its stage needs a new version, or the record was altered";
        }
        return replay.misprinted().isEmpty()
                ? "another processor or library may change the last bits, but not this much, nor what is drawn"
                : "the results file was altered: "
                        + replay.misprinted().stream().map(CellKey::toString).collect(Collectors.joining(", "));
    }
}
