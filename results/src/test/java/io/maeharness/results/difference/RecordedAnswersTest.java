package io.maeharness.results.difference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import java.time.Instant;
import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedAnswersTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static BitSet first(int correct) {
        BitSet bits = new BitSet();
        bits.set(0, correct);
        return bits;
    }

    private static Provenance record(double accuracy, double withoutEma) {
        ObjectNode outcome = JSON.createObjectNode();
        outcome.putObject("metrics").put("top1", accuracy).put("top1-without-ema", withoutEma);
        outcome.putObject("correct")
                .put("top1", Base64.getEncoder().encodeToString(first(30).toByteArray()))
                .put(
                        "top1-without-ema",
                        Base64.getEncoder().encodeToString(first(20).toByteArray()));
        return new Provenance(
                        "r",
                        new Provenance.Stage("finetune", "r", 0, JSON.createObjectNode()),
                        new Provenance.Code("1", "c", false),
                        new Provenance.Data("bundled", "d"),
                        new Host("17", "v", "Linux", "AMD", 2),
                        new Provenance.Engine("0.36.0", "PyTorch", "2.7.1", "cpu", "fp32"),
                        new Provenance.Cost(Instant.EPOCH, 1, 1, 1))
                .withOutcome(outcome);
    }

    @Test
    void theNumberOfImagesFollowsFromAccuracyAndAnswers() {
        assertEquals(Optional.of(new RecordedAnswers(40, first(30))), RecordedAnswers.of(record(75, 50), 75));
    }

    @Test
    void answersAreThoseOfTheAccuracyThatIsAskedFor() {
        assertEquals(Optional.of(new RecordedAnswers(40, first(20))), RecordedAnswers.of(record(75, 50), 50));
        assertEquals(Optional.empty(), RecordedAnswers.of(record(75, 50), 60));
    }

    @Test
    void answersThatDoNotMakeTheirAccuracyAreNone() {
        assertEquals(Optional.empty(), RecordedAnswers.of(record(75.5, 50), 75.5));
    }

    @Test
    void refusesAnswersToImagesThatTheSplitDoesNotHave() {
        assertThrows(IllegalArgumentException.class, () -> new RecordedAnswers(20, first(30)));
    }
}
