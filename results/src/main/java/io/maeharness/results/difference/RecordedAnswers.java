package io.maeharness.results.difference;

import io.maeharness.results.Provenance;
import java.util.Base64;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;

/**
 * Which images of the test split a run classified correctly.
 *
 * @param images in the split, at least 1
 * @param correct their numbers
 */
public record RecordedAnswers(int images, BitSet correct) {
    private static final double PERCENT = 100;

    /** How far an accuracy may be from the share of correct answers that it is, percentage points. */
    private static final double ROUNDING = 1e-9;

    /** Copies the answers and checks that they lie within the split. */
    public RecordedAnswers {
        correct = (BitSet) correct.clone();
        if (images < 1 || correct.length() > images) {
            throw new IllegalArgumentException("answers must be to the images of a split of at least one, got image "
                    + (correct.length() - 1) + " of " + images);
        }
    }

    /** The numbers of the images; a copy. */
    @Override
    public BitSet correct() {
        return (BitSet) correct.clone();
    }

    /**
     * The answers behind an accuracy. How many images there were follows from how many answers are correct; empty for a
     * record without answers or without this accuracy.
     *
     * @param accuracy percent, as the record has it
     */
    public static Optional<RecordedAnswers> of(Provenance record, double accuracy) {
        return RecordedOutcome.of(record).flatMap(outcome -> outcome.correct().entrySet().stream()
                .filter(bits -> outcome.metrics().getOrDefault(bits.getKey(), Double.NaN) == accuracy)
                .map(Map.Entry::getValue)
                .flatMap(bits -> of(bits, accuracy).stream())
                .findFirst());
    }

    private static Optional<RecordedAnswers> of(String bits, double accuracy) {
        BitSet correct = BitSet.valueOf(Base64.getDecoder().decode(bits));
        double images = Math.rint(PERCENT * correct.cardinality() / accuracy);
        boolean fits = images >= Math.max(1, correct.length())
                && images <= Integer.MAX_VALUE
                && Math.abs(PERCENT * correct.cardinality() / images - accuracy) < ROUNDING;
        return fits ? Optional.of(new RecordedAnswers((int) images, correct)) : Optional.empty();
    }
}
