package io.maeharness.ablations.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.stage.Precision;
import io.maeharness.results.gate.StepSpeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GateSpeedsTest {
    private static Map<String, SpeedSubject> steps(String profile) {
        return GateSpeeds.of(ProfileLoader.load(profile), 1, Precision.FP32).steps();
    }

    @Test
    void theStepsOfAProfileAreThoseOfItsModelAndBatch() {
        Map<String, SpeedSubject> steps = steps("quick");
        assertEquals(List.of("pretrain", "pretrain-mask-tokens", "finetune", "features"), List.copyOf(steps.keySet()));
        assertEquals(72, steps.get("pretrain").batch());
        assertTrue(steps.get("pretrain-mask-tokens").imageFlops()
                > 2 * steps.get("pretrain").imageFlops());
    }

    @Test
    void theStepsOfALargeModelAreCutToWhatAProcessorDoesInSeconds() {
        steps("imagenet").values().forEach(step -> assertTrue(step.batch() <= 2, step.toString()));
    }

    @Test
    void anotherBatchIsAnotherWork() {
        SpeedSubject step = steps("quick").get("pretrain");
        assertEquals(GateSpeeds.work(step), GateSpeeds.work(steps("quick").get("pretrain")));
        assertNotEquals(GateSpeeds.work(step), GateSpeeds.work(step.withBatch(8)));
    }

    /** A step of 20 ms and products of 50 ms, both ten times slower when they are cold. */
    @Test
    void stepsAndProductsAreTimedInTurnWhenTheyAreWarm() {
        AtomicLong clock = new AtomicLong();
        List<String> order = new ArrayList<>();
        StepTiming timing =
                StepTiming.of(fake(clock, order, "step", 20), fake(clock, order, "product", 50), clock::get);
        assertEquals(0.020, timing.stepSeconds(), 1e-9);
        assertEquals(0.050, timing.productSeconds(), 1e-9);
        assertEquals(List.of("step", "product", "step", "product"), order.subList(0, 4));
    }

    private static TimedStep fake(AtomicLong clock, List<String> order, String name, long millis) {
        return new TimedStep() {
            private boolean warm;

            @Override
            public double run() {
                order.add(name);
                clock.addAndGet(1_000_000 * millis * (warm ? 1 : 10));
                warm = true;
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void aProcessOfItsOwnTimesAStepAndItsCeiling() {
        SpeedSubject small = steps("smoke").get("finetune").withBatch(2);
        StepSpeed speed = GateSpeeds.speed("finetune", small, 3);
        assertEquals(GateSpeeds.processor(), speed.processor());
        assertEquals(3, speed.process());
        assertTrue(speed.imagesPerSecond() > 1 && speed.ceilingGflops() > 0.1, speed.toString());
    }
}
