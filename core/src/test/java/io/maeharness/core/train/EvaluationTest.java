package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.engine.Crossings;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Of bundled images, enlarged to 32 pixels and cut out. */
class EvaluationTest {
    private static final int SIDE = 32;
    private static final StageData DATA = StageData.of(Tiny.DATA, Optional.empty());

    private static float[] pixels(List<NDManager> devices, boolean fed) {
        ImageDataset held = DATA.held();
        float[] all = new float[held.size() * SIDE * SIDE];
        int[] done = {0};
        UnaryOperator<NDArray> rows = images -> images.reshape(new Shape(-1, (long) SIDE * SIDE));
        new Evaluation(devices, SIDE, 10, () -> false, fed)
                .run(
                        held,
                        new EvaluationTransform(),
                        DATA.statistics(),
                        new StageRandom(1),
                        0,
                        Collections.nCopies(devices.size(), rows),
                        (outputs, labels, count) -> {
                            assertEquals(held.label(done[0]), labels[0]);
                            System.arraycopy(outputs, 0, all, done[0] * SIDE * SIDE, outputs.length);
                            done[0] += count;
                        });
        assertEquals(held.size(), done[0]);
        return all;
    }

    @Test
    void devicesThatAreFedAsGpusSeeTheSameBitsAsAQuarterOfTheBytes() {
        try (NDManager one = Torch.open("cpu");
                NDManager two = Torch.open("cpu")) {
            long before = Crossings.uploadedBytes();
            float[] expected = pixels(List.of(one), false);
            long plain = Crossings.uploadedBytes() - before;
            assertArrayEquals(expected, pixels(List.of(one), true));
            assertEquals(plain, 4 * (Crossings.uploadedBytes() - before - plain));
            assertArrayEquals(expected, pixels(List.of(one, two), true));
        }
    }

    @Test
    void nothingOfAnEvaluationStaysOnItsDevices() {
        try (NDManager device = Torch.open("cpu")) {
            pixels(List.of(device), true);
            assertEquals(0, device.getManagedArrays().size());
        }
    }
}
