package io.maeharness.ablations.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.bench.SpeedSubject;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.stage.Precision;
import io.maeharness.results.gate.StepSpeed;
import java.util.List;
import java.util.Map;
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

    @Test
    void aProcessOfItsOwnTimesAStepAndItsCeiling() {
        SpeedSubject small = steps("smoke").get("finetune").withBatch(2);
        StepSpeed speed = GateSpeeds.speed("finetune", small, 3);
        assertEquals(GateSpeeds.processor(), speed.processor());
        assertEquals(3, speed.process());
        assertTrue(speed.imagesPerSecond() > 1 && speed.ceilingGflops() > 0.1, speed.toString());
    }
}
