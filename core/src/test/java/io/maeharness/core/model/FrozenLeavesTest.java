package io.maeharness.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.train.Tiny;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrozenLeavesTest {
    private static final int CLASSES = 10;

    private NDManager manager;
    private Weights weights;
    private NDArray images;

    @BeforeEach
    void draw() {
        manager = Torch.open("cpu");
        weights = Weights.initialise(
                manager, Layout.classifier(Tiny.MODEL, 1, CLASSES), new StageRandom(3), Purpose.INITIALISATION);
        weights.get("head.weight").set(ramp(CLASSES * Tiny.MODEL.encoderDim()));
        images = manager.create(ramp(3 * 32 * 32), new Shape(3, 1, 32, 32));
    }

    private static float[] ramp(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sin(i);
        }
        return values;
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private Classifier classifier(Precision precision) {
        return new Classifier(manager, Tiny.MODEL, precision, EncoderForm.PLAIN, 8, spec -> true);
    }

    @Test
    void matricesAreReadInTheFormatOfTheProductsAndNormsInTheirOwn() {
        try (Classifier classifier = classifier(Precision.BF16);
                FrozenLeaves leaves = classifier.leaves(weights)) {
            for (ParameterSpec spec : weights.specs()) {
                DataType format = leaves.byName().get(spec.name()).getDataType();
                assertEquals(
                        spec.product(), format != DataType.FLOAT32, spec.name()); // the engine's binding has no bf16
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aPassThatBeginsAfterAnUpdateSeesIt(Precision precision) {
        try (Classifier classifier = classifier(precision)) {
            float[] before = logits(classifier);
            weights.get("blocks.0.mlp.fc1.weight").muli(1.5f);
            float[] after = logits(classifier);
            assertFalse(Arrays.equals(before, after));
            weights.get("blocks.0.mlp.fc1.weight").divi(1.5f);
            assertArrayEquals(before, logits(classifier), 1e-6f);
        }
    }

    private float[] logits(Classifier classifier) {
        try (FrozenLeaves leaves = classifier.leaves(weights)) {
            return classifier.logits(images, leaves).toFloatArray();
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theyOutliveTheWeightsAndEndWithThePass(Precision precision) {
        try (Classifier classifier = classifier(precision)) {
            FrozenLeaves leaves = classifier.leaves(weights);
            float[] first = classifier.logits(images, leaves).toFloatArray();
            weights.arrays().forEach(NDArray::close);
            assertArrayEquals(first, classifier.logits(images, leaves).toFloatArray());
            leaves.close();
            List<NDArray> arrays = List.copyOf(leaves.byName().values());
            assertTrue(arrays.stream().allMatch(array -> ((PtNDArray) array).isReleased()));
        }
    }
}
