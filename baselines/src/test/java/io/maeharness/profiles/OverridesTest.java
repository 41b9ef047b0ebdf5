package io.maeharness.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {
    private static final Settings QUICK = ProfileLoader.load("quick");

    @ParameterizedTest
    @CsvSource({
        "pretrain.maskRatio, pretrain.maskRatio",
        "maskRatio, pretrain.maskRatio",
        "decoderDepth, model.decoderDepth",
        "pretrain.epochs, pretrain.schedule.epochs",
        "seeds, seeds",
        "axes.decoderHeads, axes.decoderHeads"
    })
    void aKeyMayBeShortenedAsLongAsItFitsOnlyOne(String written, String meant) {
        assertEquals(meant, Overrides.resolve(written));
    }

    /** What ends every training early has to reach every schedule there is. */
    @Test
    void everyScheduleIsFoundByTheEndOfItsKeys() {
        assertEquals(
                List.of("pretrain", "finetune", "scratch", "probe", "beit", "dino", "mocoV3", "simmim", "tokenizer"),
                Overrides.keysEndingWith("schedule.maxSteps").stream()
                        .map(key -> key.substring(0, key.indexOf('.')))
                        .toList());
    }

    @Test
    void anAmbiguousKeyIsRefusedWithItsCandidates() {
        assertEquals(
                "key 'epochs' is ambiguous; write one of pretrain.schedule.epochs, finetune.schedule.epochs, "
                        + "scratch.schedule.epochs, probe.schedule.epochs, beit.schedule.epochs, dino.schedule.epochs, mocoV3.schedule.epochs, simmim.schedule.epochs,"
                        + " tokenizer.schedule.epochs",
                refusal("epochs", "3"));
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestKnown() {
        assertEquals(
                "unknown key 'maskRato'; the nearest known is 'maskRatio' (pretrain.maskRatio)",
                refusal("maskRato", "0.5"));
        assertEquals(
                "unknown key 'pretrain.maskRato'; the nearest known is 'pretrain.maskRatio'",
                refusal("pretrain.maskRato", "0.5"));
    }

    @Test
    void aSectionIsNotAKey() {
        assertTrue(refusal("pretrain.adam", "1").startsWith("key 'pretrain.adam' is a section; set one of"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maskRatio|much|pretrain.maskRatio takes a number, got 'much'",
                "decoderDepth|1.5|model.decoderDepth takes a whole number, got '1.5'",
                "encoderMaskTokens|perhaps|pretrain.encoderMaskTokens takes true or false, got 'perhaps'",
                "decoderWidths|16|axes.decoderWidths takes a list such as [1, 2, 3], got '16'",
                "decoderWidths|[1, b]|axes.decoderWidths takes a list such as [1, 2, 3], got '[1,\"b\"]'",
                "partialBlocks|4|axes.partialBlocks takes a map such as {a: 1, b: 2}, got '4'",
                "decoderDepth|''|model.decoderDepth takes a whole number, got ''",
                "target|hog|pretrain.target must be one of pixel, pixel-norm, pca, dvae-token, got 'hog'",
                "maskSampling|[grid]|pretrain.maskSampling must be one of random, block, grid, got '[grid]'",
                "augmentation|''|pretrain.augmentation must be one of none, crop-fixed-size, crop-random-size,"
                        + " crop-color-jitter, got ''",
                "probe.pooling|max|probe.pooling must be one of cls, gap, got 'max'",
                "dataset|noise|data.dataset must be one of bundled, fashion-mnist, cifar10, imagefolder, got 'noise'",
                "evaluateOn|train|data.evaluateOn must be one of test, validation, got 'train'",
                "startPositions|zero|dino.startPositions must be one of normal, sine-cosine, got 'zero'"
            })
    void aValueOfTheWrongTypeIsRefused(String key, String value, String message) {
        assertEquals(message, refusal(key, value));
    }

    @Test
    void theMessageOfTheRecordThatRefusesAValueComesOut() {
        assertEquals(
                "pretrain.maskRatio must lie in (0, 1), got 1.5; the paper's default is 0.75",
                refusal("maskRatio", "1.5"));
        assertTrue(refusal("maskRatio", "1").startsWith("pretrain.maskRatio must lie in (0, 1), got 1.0"));
        assertEquals("pretrain.schedule: batchSize must be at least 1, got 0", refusal("pretrain.batchSize", "0"));
    }

    @Test
    void aKeySetTwiceIsRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Overrides.apply(QUICK, Map.of("maskRatio", "0.5", "pretrain.maskRatio", "0.6")))
                .getMessage();
        assertTrue(message.startsWith("pretrain.maskRatio is set twice"), message);
    }

    @Test
    void keysThatMustFitEachOtherAreChangedTogether() {
        Settings changed = Overrides.apply(QUICK, Map.of("encoderDim", "40", "encoderHeads", "5"));
        assertEquals(40, changed.model().encoderDim());
        assertEquals(5, changed.model().encoderHeads());
    }

    @Test
    void listsAndMapsAreWrittenAsYaml() {
        Settings changed = Overrides.apply(
                QUICK, Map.of("axes.decoderDepths", "[1,2,3,4,7]", "axes.partialBlocks", "{'0': 0, '24': 4}"));
        assertEquals(List.of(1, 2, 3, 4, 7), changed.axes().decoderDepths());
        assertEquals(Map.of("0", 0.0, "24", 4.0), changed.axes().partialBlocks());
    }

    @Test
    void differencesNameExactlyTheChangedKeys() {
        Settings changed = Overrides.apply(QUICK, Map.of("maskRatio", "0.6", "target", "pixel-norm"));
        assertEquals(
                Map.of(
                        "pretrain.maskRatio", new Overrides.Difference("0.75", "0.6"),
                        "pretrain.target", new Overrides.Difference("pixel", "pixel-norm")),
                Overrides.differences(QUICK, changed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "quick", "cifar10", "imagenet"})
    void anythingThatDiffersCanBeAppliedBack(String profile) {
        Settings other = ProfileLoader.load(profile);
        Map<String, String> changes = new java.util.HashMap<>();
        Overrides.differences(QUICK, other).forEach((key, change) -> changes.put(key, change.after()));
        assertEquals(other, Overrides.apply(QUICK, changes));
    }

    private static String refusal(String key, String value) {
        return assertThrows(IllegalArgumentException.class, () -> Overrides.apply(QUICK, Map.of(key, value)))
                .getMessage();
    }
}
