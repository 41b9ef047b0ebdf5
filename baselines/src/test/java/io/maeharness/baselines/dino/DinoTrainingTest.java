package io.maeharness.baselines.dino;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.SinCosPositions;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.MemberBits;
import io.maeharness.core.train.TrainingDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DinoTrainingTest {
    private static final StageData IMAGES = StageData.of(TinyDino.data(), Optional.empty());
    private static final double RATE = 1e-3;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private DinoTraining training(DinoRecipe recipe) {
        return new DinoTraining(TinyDino.stage(recipe), IMAGES, TrainingDevice.of(manager));
    }

    /** The centre moves by the mean over all devices. */
    @Test
    void theNumberOfDevicesChangesNoBit() {
        MemberBits.demandEqual(device -> new DinoTraining(TinyDino.stage(TinyDino.recipe()), IMAGES, device), 1e-5);
    }

    private static Map<String, float[]> values(DinoTraining training) {
        Map<String, float[]> values = new LinkedHashMap<>();
        training.state().forEach((name, array) -> values.put(name, array.toFloatArray()));
        return values;
    }

    private static List<Double> losses(DinoTraining training, int steps) {
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            losses.add(training.step(step, RATE));
        }
        return losses;
    }

    @Test
    void microBatchesAreTheSameStep() {
        try (DinoTraining whole = training(TinyDino.recipe("schedule.microBatch", "32"));
                DinoTraining parts = training(TinyDino.recipe("schedule.microBatch", "5"))) {
            List<Double> expected = losses(whole, 3);
            List<Double> actual = losses(parts, 3);
            for (int step = 0; step < 3; step++) {
                assertEquals(expected.get(step), actual.get(step), 1e-4 * expected.get(step), "step " + step);
            }
            assertArrayEquals(
                    whole.state().get("centre").toFloatArray(),
                    parts.state().get("centre").toFloatArray(),
                    1e-5f);
        }
    }

    @Test
    void bf16ProductsGiveNearlyTheSameLoss() {
        try (DinoTraining fp32 = training(TinyDino.recipe());
                DinoTraining bf16 = new DinoTraining(
                        TinyDino.stage(TinyDino.recipe(), Precision.BF16), IMAGES, TrainingDevice.of(manager))) {
            double expected = fp32.step(0, RATE);
            assertEquals(expected, bf16.step(0, RATE), 0.01 * expected);
        }
    }

    @Test
    void everyParameterOfTheStudentIsTrained() {
        try (DinoTraining training = training(TinyDino.recipe("frozenLastLayerEpochs", "0", "dropPath", "0"))) {
            Map<String, float[]> before = values(training);
            losses(training, 2);
            Map<String, float[]> after = values(training);
            before.forEach((name, value) -> {
                if (name.startsWith("student/")) {
                    assertNotEquals(value[0], after.get(name)[0], name);
                }
            });
        }
    }

    @Test
    void theLastLayerStaysWhileItIsFrozen() {
        String name = "student/head.last_layer.weight_v";
        try (DinoTraining training = training(TinyDino.recipe("frozenLastLayerEpochs", "0.5"))) {
            float[] before = values(training).get(name);
            losses(training, 2); // half of an epoch of three steps, rounded up
            assertArrayEquals(before, values(training).get(name));
            training.step(2, RATE);
            assertNotEquals(before[0], values(training).get(name)[0]);
        }
    }

    @Test
    void theTeacherMovesTowardsTheStudentByItsMomentum() {
        try (DinoTraining training = training(TinyDino.recipe("teacherMomentum", "0.75"))) {
            Map<String, float[]> before = values(training);
            training.step(0, RATE);
            Map<String, float[]> after = values(training);
            before.forEach((name, value) -> {
                if (name.startsWith("teacher/")) {
                    float student = after.get(name.replace("teacher/", "student/"))[0];
                    assertEquals(0.75f * value[0] + 0.25f * student, after.get(name)[0], 1e-6, name);
                }
            });
        }
    }

    @Test
    void theTeachersEncoderIsLeftWithItsPositions() {
        try (DinoTraining training = training(TinyDino.recipe())) {
            training.step(0, RATE);
            Map<String, float[]> state = values(training);
            Map<String, NDArray> encoder = training.encoder();
            assertEquals(
                    Layout.encoder(TinyDino.MODEL, 1, EncoderForm.LEARNED_POSITIONS).stream()
                            .map(ParameterSpec::name)
                            .collect(Collectors.toSet()),
                    encoder.keySet());
            encoder.forEach((name, array) -> assertArrayEquals(state.get("teacher/" + name), array.toFloatArray()));
        }
    }

    @Test
    void withoutCentringTheCentreStaysAtZero() {
        try (DinoTraining with = training(TinyDino.recipe("centring", "true"));
                DinoTraining without = training(TinyDino.recipe("centring", "false"))) {
            losses(with, 2);
            losses(without, 2);
            assertTrue(with.state().get("centre").abs().sum().getFloat() > 0);
            assertEquals(0, without.state().get("centre").abs().sum().getFloat());
        }
    }

    @Test
    void positionsMayBeginAsTheSineCosineTable() {
        float[] table = SinCosPositions.table(TinyDino.MODEL.encoderDim(), TinyDino.MODEL.gridSize());
        try (DinoTraining training = training(TinyDino.recipe("startPositions", "sine-cosine"))) {
            assertArrayEquals(table, values(training).get("student/pos_embed"));
            assertArrayEquals(table, values(training).get("teacher/pos_embed"));
        }
    }

    @Test
    void viewsMayAllBeGlobal() {
        try (DinoTraining training = training(TinyDino.recipe("localCrops", "0"))) {
            assertTrue(Double.isFinite(training.step(0, RATE)));
        }
    }

    @Test
    void aStateOfAnotherHeadIsRefused() {
        try (DinoTraining small = training(TinyDino.recipe("headOutputs", "8"));
                DinoTraining large = training(TinyDino.recipe("headOutputs", "16"))) {
            Map<String, NDArray> state = small.state();
            assertThrows(IllegalArgumentException.class, () -> large.restore(state));
        }
    }

    @Test
    void entropiesOfTheLastStepAreFacts() {
        try (DinoTraining training = training(TinyDino.recipe())) {
            assertFalse(training.entropies().isPresent());
            training.step(0, RATE);
            assertEquals(3, training.facts().size());
        }
    }
}
