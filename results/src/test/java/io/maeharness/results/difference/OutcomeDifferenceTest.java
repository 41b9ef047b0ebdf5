package io.maeharness.results.difference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeDifferenceTest {
    private static final int IMAGES = 100;

    private static RecordedOutcome outcome(double loss, String correct, String order) {
        return new RecordedOutcome(Map.of("loss", loss, "top1", 50.0), Map.of("top1", correct), Map.of("order", order));
    }

    /** Base64 of the images that are answered right, from one to before another. */
    private static String right(int from, int to) {
        BitSet bits = new BitSet();
        bits.set(from, to);
        return Base64.getEncoder().encodeToString(bits.toByteArray());
    }

    private static OutcomeDifference between(RecordedOutcome before, RecordedOutcome after) {
        return OutcomeDifference.between(before, after, IMAGES);
    }

    @Test
    void equalOutcomesAreIdentical() {
        OutcomeDifference same = between(outcome(0.5, right(0, 50), "a"), outcome(0.5, right(0, 50), "a"));
        assertTrue(same.isIdentical());
        assertEquals(IMAGES, same.answersCompared());
    }

    @Test
    void theLastBitOfALossIsADifferenceThatNoAccuracyNeedSee() {
        OutcomeDifference bit = between(outcome(0.5, right(0, 50), "a"), outcome(Math.nextUp(0.5), right(0, 50), "a"));
        assertFalse(bit.isIdentical());
        assertTrue(bit.isWithinChance());
    }

    @Test
    void answersThatChangedPlacesAreFoundThoughTheAccuracyIsTheSame() {
        OutcomeDifference swapped = between(outcome(0.5, right(0, 50), "a"), outcome(0.5, right(2, 52), "a"));
        AnswerDifference answers = swapped.answers().get("top1");
        assertEquals(2, answers.lost());
        assertEquals(2, answers.won());
        assertEquals(0, answers.points());
        assertFalse(swapped.isIdentical());
    }

    @Test
    void anAccuracyThatFellByMoreThanItsAnswersExplainIsNoChance() {
        AnswerDifference fell = AnswerDifference.between(right(0, 50), right(20, 50), IMAGES);
        assertEquals(-20, fell.points());
        assertEquals(100 * 1.96 * Math.sqrt(20 - 400.0 / IMAGES) / IMAGES, fell.halfWidth(), 1e-12);
        assertFalse(fell.isWithinChance());
    }

    @Test
    void otherDrawsAndAMissingValueAreNotIdentical() {
        assertFalse(between(outcome(0.5, right(0, 50), "a"), outcome(0.5, right(0, 50), "b"))
                .isIdentical());
        RecordedOutcome without = new RecordedOutcome(Map.of("top1", 50.0), Map.of(), Map.of());
        assertFalse(between(outcome(0.5, right(0, 50), "a"), without).isWithinChance());
    }

    @Test
    void moreChangesThanImagesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new AnswerDifference(3, 2, 2));
    }
}
