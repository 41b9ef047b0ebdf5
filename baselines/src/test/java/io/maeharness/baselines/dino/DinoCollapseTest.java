package io.maeharness.baselines.dino;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.TrainingDevice;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The two collapses and what prevents them. Source: Caron et al., arXiv 2104.14294, section 5.3 and figure 7.
 *
 * <p>A large learning rate on 96 images, so that a collapse takes a hundred steps. Without sharpening the teacher's
 * temperature is the student's.
 */
class DinoCollapseTest {
    private static final double RATE = 1e-2;
    private static final int OUTPUTS = 32;
    private static final double LARGEST = Math.log(OUTPUTS);

    private static DinoNetwork.Entropies after(int steps, boolean centring, boolean sharpening) {
        StageData images = StageData.of(TinyDino.data(), Optional.empty());
        try (NDManager manager = Torch.open("cpu");
                DinoTraining training = new DinoTraining(
                        TinyDino.stage(TinyDino.recipe(
                                "schedule.epochs", "70",
                                "schedule.microBatch", "32",
                                "centring", Boolean.toString(centring),
                                "teacherTemperature", sharpening ? "0.04" : "0.1",
                                "studentTemperature", "0.1",
                                "teacherTemperatureWarmupEpochs", "0",
                                "teacherMomentum", "0.96",
                                "frozenLastLayerEpochs", "0",
                                "dropPath", "0",
                                "headOutputs", Integer.toString(OUTPUTS))),
                        images,
                        TrainingDevice.of(manager))) {
            for (int step = 0; step < steps; step++) {
                training.step(step, RATE);
            }
            return training.entropies().orElseThrow();
        }
    }

    @Test
    void withCentringAndSharpeningTheTeacherIsVariedAndDecided() {
        DinoNetwork.Entropies entropies = after(210, true, true);
        assertTrue(entropies.ofMean() > 0.9 * LARGEST, "not varied: " + entropies);
        assertTrue(entropies.ofMean() - entropies.ofOutputs() > 0.25, "not decided: " + entropies);
    }

    @Test
    void withoutCentringOneOutputTakesAll() {
        DinoNetwork.Entropies entropies = after(90, false, true);
        assertTrue(entropies.ofMean() < 0.05 * LARGEST, entropies.toString());
    }

    @Test
    void withoutSharpeningAllOutputsBecomeEqual() {
        DinoNetwork.Entropies entropies = after(90, true, false);
        assertTrue(entropies.ofOutputs() > 0.98 * LARGEST, entropies.toString());
    }
}
