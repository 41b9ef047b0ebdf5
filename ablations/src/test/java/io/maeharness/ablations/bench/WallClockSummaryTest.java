package io.maeharness.ablations.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.maeharness.ablations.bench.WallClockStage.Quantity;
import io.maeharness.ablations.bench.WallClockStage.Variant;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.stage.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WallClockSummaryTest {
    private static final ModelSettings VIT_L = new ModelSettings(224, 16, 1024, 24, 16, 512, 8, 16, 4);
    private static final ModelSettings VIT_H = new ModelSettings(224, 14, 1280, 32, 16, 512, 8, 16, 4);

    private static WallClockStage stage(ModelSettings model, int batch, boolean wholeStep) {
        return new WallClockStage(
                1, model, 1, new MaskRatio(0.75), wholeStep, batch, 3, 20, DeviceKind.CPU, 0, Precision.BF16);
    }

    /** Rounds of 4 images that take 6, 4 and 5 s, 2 s each, and 1, 1.25 and 1.5 s. */
    private static WallClockSummary summary() {
        List<ForkTime> times = new ArrayList<>();
        add(times, Variant.MASK_TOKENS, 6, 4, 5);
        add(times, Variant.DEEP, 2, 2, 2);
        add(times, Variant.SHALLOW, 1, 1.25, 1.5);
        return new WallClockSummary(stage(VIT_L, 4, false), times);
    }

    private static void add(List<ForkTime> times, Variant variant, double... roundSeconds) {
        for (int block = 1; block <= roundSeconds.length; block++) {
            times.add(new ForkTime(block, variant, 4, 5, roundSeconds[block - 1], 1.0));
        }
    }

    private static double value(Variant variant, Quantity quantity) {
        return summary().metrics().get(WallClockStage.metric(variant, quantity));
    }

    @Test
    void theMiddleBlockCounts() {
        assertEquals(1250, value(Variant.MASK_TOKENS, Quantity.MILLISECONDS));
        assertEquals(500, value(Variant.DEEP, Quantity.MILLISECONDS));
        assertEquals(312.5, value(Variant.SHALLOW, Quantity.MILLISECONDS));
    }

    @Test
    void twoBlocksHaveTheirMeanInTheMiddle() {
        assertEquals(2.5, WallClockSummary.median(3, 2));
    }

    @Test
    void spreadIsBetweenTheSlowestAndTheFastestBlock() {
        assertEquals(500, value(Variant.MASK_TOKENS, Quantity.SPREAD));
        assertEquals(0, value(Variant.DEEP, Quantity.SPREAD));
    }

    @Test
    void speedUpsAreThoseOfTheMediansOverMaskTokens() {
        assertEquals(1, value(Variant.MASK_TOKENS, Quantity.SPEEDUP));
        assertEquals(2.5, value(Variant.DEEP, Quantity.SPEEDUP));
        assertEquals(4, value(Variant.SHALLOW, Quantity.SPEEDUP));
    }

    @Test
    void hoursAreThoseOf800EpochsOfImageNet() {
        assertEquals(800.0 * 1_281_167 * 0.5 / 3600, value(Variant.DEEP, Quantity.HOURS), 1e-6);
    }

    @Test
    void everyMetricOfTheStageIsThere() {
        assertEquals(
                stage(VIT_L, 4, false).metrics(),
                List.copyOf(summary().metrics().keySet()));
    }

    @Test
    void factsSayHowLoadedTheMachineWasAndHowFastItComputed() {
        Map<String, String> facts = summary().facts();
        assertEquals("1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0", facts.get("load of the machine, by process"));
        assertEquals(
                "6.000 (5), 4.000 (5), 5.000 (5)", facts.get("with-mask-token: seconds a round, by block (rounds)"));
        assertEquals("247.7", facts.get("deep: GFLOP/s"));
    }

    @Test
    void aTimeThatCannotBeReadIsMeasuredAgain(@TempDir Path directory) throws IOException {
        ForkTime time = new ForkTime(2, Variant.DEEP, 4, 5, 1.5, 0.9);
        time.write(directory);
        assertEquals(Optional.of(time), ForkTime.read(directory, 2, Variant.DEEP));
        assertEquals(Optional.empty(), ForkTime.read(directory, 1, Variant.DEEP));
        Path file = directory.resolve("block-2-deep.json");
        Files.writeString(file, Files.readString(file).substring(0, 20));
        assertEquals(Optional.empty(), ForkTime.read(directory, 2, Variant.DEEP));
        assertThrows(IllegalArgumentException.class, () -> new ForkTime(1, Variant.DEEP, 4, 0, Double.NaN, 1));
    }

    @Test
    void aRoundTakesAsManyImagesAsFitTheMemory() {
        double large = 200e9;
        assertEquals(4, FittingBatch.of(stage(VIT_H, 0, false), large));
        assertEquals(4, FittingBatch.of(stage(VIT_H, 0, false), 0));
        assertEquals(1, FittingBatch.of(stage(VIT_H, 0, false), 1e9));
        assertEquals(7, FittingBatch.of(stage(VIT_H, 7, false), 1e9));
    }

    @Test
    void vitHugeFitsFourImagesIntoTwentyGigabytesAndNotTheUpdateToo() {
        assertEquals(4, FittingBatch.of(stage(VIT_H, 0, false), 20e9));
        assertEquals(1, FittingBatch.of(stage(VIT_H, 0, true), 20e9));
    }
}
