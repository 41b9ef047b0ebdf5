package io.maeharness.core.supervised;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.Mixing;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.random.StageRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceMixingTest {
    private static final int CHANNELS = 3;
    private static final int SIDE = 12;
    private static final StageRandom RANDOM = new StageRandom(4);

    private static float[] images(int count) {
        Random random = new Random(9);
        float[] images = new float[count * CHANNELS * SIDE * SIDE];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        return images;
    }

    /** The one in the middle of an odd number keeps its bits. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void aDeviceMixesToTheBitsOfJava(int count) {
        Set<Boolean> cut = new HashSet<>();
        try (NDManager manager = Torch.open("cpu");
                DeviceMixing mixing = new DeviceMixing(manager)) {
            for (long step = 0; step < 12; step++) {
                float[] expected = images(count);
                Mixing.PAPER.mix(expected, new int[count], CHANNELS, SIDE, 10, RANDOM, step);
                Mixing.Mix mix = Mixing.PAPER.draw(SIDE, RANDOM, step);
                cut.add(mix.cut().isPresent());
                NDArray images = manager.create(images(count), new Shape(count, CHANNELS, SIDE, SIDE));
                assertArrayEquals(expected, mixing.apply(manager, images, mix).toFloatArray());
            }
        }
        assertEquals(Set.of(true, false), cut, "both were drawn");
    }

    @Test
    void withoutMixingEveryBitStays() {
        try (NDManager manager = Torch.open("cpu");
                DeviceMixing mixing = new DeviceMixing(manager)) {
            NDArray images = manager.create(images(4), new Shape(4, CHANNELS, SIDE, SIDE));
            Mixing.Mix mix = Mixing.none(0.1).draw(SIDE, RANDOM, 0);
            assertArrayEquals(images(4), mixing.apply(manager, images, mix).toFloatArray());
        }
    }
}
