package io.maeharness.results.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.ResultStoreException;
import io.maeharness.results.gate.GateFinding.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedTierTest {
    private static final List<String> STAGES = List.of("pretrain", "pretrain-mask-tokens", "finetune", "features");
    private static final int PROCESSES = 5;

    @TempDir
    private Path directory;

    /**
     * Speeds of five processes a step.
     *
     * @param slower by how much the first step, or every one, is slower: a factor below 1
     * @param noise deviation of the logarithm, of a process beside its round; that of a round is as large
     */
    private static List<StepSpeed> speeds(Random random, double slower, boolean everywhere, double noise) {
        List<StepSpeed> speeds = new ArrayList<>();
        for (int process = 0; process < PROCESSES; process++) {
            double round = noise * random.nextGaussian();
            for (String stage : STAGES) {
                double factor = everywhere || stage.equals("pretrain") ? slower : 1;
                double ceiling = 90 + 10 * random.nextDouble();
                double ratio = (1 + STAGES.indexOf(stage)) * factor * Math.exp(round + noise * random.nextGaussian());
                speeds.add(new StepSpeed(stage, "w", "fp32", "a processor avx2", process, ratio * ceiling, ceiling, 0));
            }
        }
        return speeds;
    }

    private static GateReport report(List<StepSpeed> measured, List<StepSpeed> reference) {
        return new GateReport("speed", SpeedTier.compare(measured, reference));
    }

    private static double rate(int runs, double slower, boolean everywhere, double noise) {
        Random random = new Random(5);
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            Status verdict = report(speeds(random, slower, everywhere, noise), speeds(random, 1, false, noise))
                    .verdict();
            alarms += verdict == Status.REGRESSION ? 1 : 0;
        }
        return (double) alarms / runs;
    }

    /** With much noise the smallest slow-down that counts holds nothing back, so this is the rate of the tests themselves. */
    @Test
    void cleanRunsRaiseNoMoreThanTheStatedFalseAlarms() {
        assertTrue(rate(4000, 1, false, 0.3) <= 0.055);
        assertTrue(rate(2000, 1, false, 0.02) <= 0.01);
    }

    @Test
    void aSlowDownOfTenPercentInOneStepIsFound() {
        assertTrue(rate(1000, 0.9, false, 0.015) >= 0.95);
    }

    @Test
    void aSlowDownOfTenPercentInEveryStepIsFound() {
        assertTrue(rate(1000, 0.9, true, 0.015) >= 0.95);
    }

    @Test
    void aSlowDownBelowTheMinimumNeverCounts() {
        assertEquals(0, rate(200, 0.97, true, 0.002));
    }

    @Test
    void aMachineTooNoisyToSeeTenPercentCannotTell() {
        GateReport noisy = report(speeds(new Random(1), 1, false, 0.08), speeds(new Random(2), 1, false, 0.08));
        assertEquals(Status.CANNOT_TELL, noisy.verdict());
        assertTrue(noisy.worstFirst().get(0).detail().contains("one of 10 % could go unnoticed"));
        GateReport quiet = report(speeds(new Random(1), 1, false, 0.01), speeds(new Random(2), 1, false, 0.01));
        assertEquals(Status.SAME, quiet.verdict());
    }

    @Test
    void thePlantedStepIsNamedWithItsNumbers() {
        GateReport report = report(speeds(new Random(1), 0.9, false, 0.005), speeds(new Random(2), 1, false, 0.005));
        GateFinding worst = report.worstFirst().get(0);
        assertEquals("pretrain", worst.name());
        assertEquals(Status.REGRESSION, worst.status());
        assertTrue(
                worst.detail().matches("moved by -(9|10)\\.\\d %, -[78]\\.\\d % against the other steps, .*"),
                worst::detail);
        assertTrue(GateFormats.junit(report).contains("<testsuite name=\"speed\" tests=\"5\" failures=\"1\""));
    }

    @Test
    void anotherProcessorPrecisionOrStepCannotBeTold() {
        List<StepSpeed> measured = speeds(new Random(1), 1, false, 0.01);
        assertEquals(Status.CANNOT_TELL, report(measured, List.of()).verdict());
        assertTrue(report(measured, as("w", "fp32", "another avx512f"))
                .findings()
                .get(0)
                .detail()
                .contains("no speed of a processor avx2 in fp32, it has another avx512f in fp32"));
        assertEquals(
                Status.CANNOT_TELL,
                report(measured, as("w", "bf16", "a processor avx2")).verdict());
        assertEquals(
                Status.CANNOT_TELL,
                report(measured, as("x", "fp32", "a processor avx2")).verdict());
    }

    @Test
    void aMachineOnWhichOthersComputeCannotTell() {
        List<StepSpeed> busy = speeds(new Random(1), 0.5, true, 0.01).stream()
                .map(speed -> new StepSpeed(
                        speed.stage(),
                        speed.work(),
                        speed.precision(),
                        speed.processor(),
                        speed.process(),
                        speed.imagesPerSecond(),
                        speed.ceilingGflops(),
                        2))
                .toList();
        GateReport report = report(busy, speeds(new Random(2), 1, false, 0.01));
        assertEquals(Status.CANNOT_TELL, report.verdict());
        assertTrue(
                report.findings().get(0).detail().startsWith("others compute on this machine, 2.0 for each processor"));
    }

    private static List<StepSpeed> as(String work, String precision, String processor) {
        return speeds(new Random(2), 1, false, 0.01).stream()
                .map(speed -> new StepSpeed(
                        speed.stage(),
                        work,
                        precision,
                        processor,
                        speed.process(),
                        speed.imagesPerSecond(),
                        speed.ceilingGflops(),
                        0))
                .toList();
    }

    @Test
    void theFileKeepsSpeedsOfOtherProcessorsAndReplacesThoseOfItsOwn() {
        Path file = directory.resolve(StepSpeedFile.NAME);
        StepSpeedFile.replace(file, as("w", "fp32", "another avx512f"));
        StepSpeedFile.replace(file, speeds(new Random(1), 1, false, 0.01));
        StepSpeedFile.replace(file, speeds(new Random(2), 1, false, 0.01));
        List<StepSpeed> read = StepSpeedFile.read(file);
        assertEquals(2 * PROCESSES * STAGES.size(), read.size());
        assertEquals("another avx512f", read.get(0).processor());
        assertEquals(
                Status.SAME,
                report(speeds(new Random(2), 1, false, 0.01), read).verdict(),
                "what was written is what is compared with");
    }

    @Test
    void aDamagedFileIsNamedWithItsLine() throws IOException {
        Path file = directory.resolve(StepSpeedFile.NAME);
        StepSpeedFile.replace(file, speeds(new Random(1), 1, false, 0.01));
        Files.writeString(file, Files.readString(file).replaceFirst("w,0,[0-9.]+", "w,0,fast"));
        ResultStoreException damaged = assertThrows(ResultStoreException.class, () -> StepSpeedFile.read(file));
        assertTrue(damaged.getMessage().contains("is damaged in line 2"), damaged::getMessage);
    }
}
