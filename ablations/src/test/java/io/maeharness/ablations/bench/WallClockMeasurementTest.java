package io.maeharness.ablations.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.bench.WallClockStage.Quantity;
import io.maeharness.ablations.bench.WallClockStage.Variant;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.StageProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes of a model 32 wide. */
class WallClockMeasurementTest {
    private static final ModelSettings TINY = new ModelSettings(32, 4, 32, 2, 2, 16, 4, 1, 2);
    private static final WallClockStage STAGE =
            new WallClockStage(1, TINY, 1, new MaskRatio(0.75), true, 4, 1, 0.05, DeviceKind.CPU, 0, Precision.FP32);

    @TempDir
    Path stages;

    @BeforeEach
    void allowOtherMeasurementsOfThisMachine() throws IOException {
        System.setProperty("jmh.ignoreLock", "true");
        Files.createDirectories(stages.resolve(StageHash.of(STAGE)));
    }

    @AfterEach
    void forgetThat() {
        System.clearProperty("jmh.ignoreLock");
    }

    private StageEnvironment environment(BooleanSupplier stop) {
        return new StageEnvironment(
                stages, Optional.empty(), "cpu", Duration.ofMinutes(1), StageProgress.silent(), stop);
    }

    private Set<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(stages.resolve(StageHash.of(STAGE)))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(HashSet::new));
        }
    }

    private static long processes() {
        return ProcessHandle.current().children().count();
    }

    @Test
    void aStoppedMeasurementKeepsItsFinishedProcessesAndGoesOnWithTheOthers() throws IOException {
        assertThrows(
                StageInterruptedException.class,
                () -> new WallClockMeasurement(STAGE, environment(() -> stopAfterTheFirst())).run());
        assertEquals(Set.of("block-1-with-mask-token.json"), kept());
        assertEquals(0, processes(), "a stop ends the process that computes");
        ForkTime first = ForkTime.read(stages.resolve(StageHash.of(STAGE)), 1, Variant.MASK_TOKENS)
                .orElseThrow();

        StageOutcome outcome = new WallClockMeasurement(STAGE, environment(() -> false)).run();
        assertEquals(3, kept().size());
        assertEquals(Set.copyOf(STAGE.metrics()), outcome.metrics().keySet());
        assertEquals(
                1e3 * first.imageSeconds(),
                outcome.metrics().get(WallClockStage.metric(Variant.MASK_TOKENS, Quantity.MILLISECONDS)));
        assertTrue(outcome.metrics().values().stream().allMatch(Double::isFinite));
        assertEquals("4", outcome.facts().get("images a round"));
        assertFalse(outcome.imagesSeen() < 12);
    }

    /** Requested as soon as the second process has begun. */
    private boolean stopAfterTheFirst() {
        try {
            return kept().contains("block-1-with-mask-token.json") && processes() > 0;
        } catch (IOException e) {
            return true;
        }
    }
}
