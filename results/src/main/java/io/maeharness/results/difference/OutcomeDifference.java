package io.maeharness.results.difference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What differs between two outcomes of the same stage. What the first does not hold was not recorded by its version of the
 * harness and is left out; a value that only the first holds is missing in the second.
 *
 * @param values of the first, in the order of their names
 * @param answers for each accuracy of which both hold one bit an image, by its name
 * @param draws whether what was drawn is equal, by name
 */
public record OutcomeDifference(List<Value> values, Map<String, AnswerDifference> answers, Map<String, Boolean> draws) {
    /** Copies the collections. */
    public OutcomeDifference {
        values = List.copyOf(values);
        answers = new TreeMap<>(answers);
        draws = new TreeMap<>(draws);
    }

    /**
     * A value of the first outcome and what it is in the second.
     *
     * @param metric its name
     * @param before in the first
     * @param after in the second; NaN where that has none
     */
    public record Value(String metric, double before, double after) {
        /** Whether all bits are the same. */
        public boolean isIdentical() {
            return Double.compare(before, after) == 0;
        }

        /** Whether the second outcome has it. */
        public boolean isPresent() {
            return !Double.isNaN(after);
        }
    }

    /**
     * Compares two outcomes.
     *
     * @param images how many images an accuracy was measured on
     */
    public static OutcomeDifference between(RecordedOutcome before, RecordedOutcome after, int images) {
        List<Value> values = before.metrics().entrySet().stream()
                .map(value -> new Value(
                        value.getKey(), value.getValue(), after.metrics().getOrDefault(value.getKey(), Double.NaN)))
                .toList();
        Map<String, AnswerDifference> answers = new TreeMap<>();
        before.correct()
                .forEach((name, bits) -> Optional.ofNullable(after.correct().get(name))
                        .ifPresent(others -> answers.put(name, AnswerDifference.between(bits, others, images))));
        Map<String, Boolean> draws = new TreeMap<>();
        before.draws()
                .forEach((name, digest) -> Optional.ofNullable(after.draws().get(name))
                        .ifPresent(other -> draws.put(name, digest.equals(other))));
        return new OutcomeDifference(values, answers, draws);
    }

    /** Whether values, answers and draws are the same, to the last bit. */
    public boolean isIdentical() {
        return values.stream().allMatch(Value::isIdentical)
                && answers.values().stream().allMatch(answer -> answer.changed() == 0)
                && hasEqualDraws();
    }

    /** Whether the same order, masks and first weights were drawn, as far as they were recorded. */
    public boolean hasEqualDraws() {
        return !draws.containsValue(false);
    }

    /**
     * Whether no accuracy differs by more than chance, and no value is missing. Of a loss nothing of the kind can be said; it
     * is told and judges nothing.
     */
    public boolean isWithinChance() {
        return values.stream().allMatch(Value::isPresent)
                && answers.values().stream().allMatch(AnswerDifference::isWithinChance);
    }

    /** How many answers to single images were compared. */
    public long answersCompared() {
        return answers.values().stream().mapToLong(AnswerDifference::images).sum();
    }
}
