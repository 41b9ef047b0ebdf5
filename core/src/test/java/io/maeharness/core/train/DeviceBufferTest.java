package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.engine.Torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceBufferTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void valuesArriveWhetherTheyAreCopiedOrNot(boolean copies) {
        try (NDManager manager = Torch.open("cpu")) {
            DeviceBuffer buffer = new DeviceBuffer(manager, copies);
            assertArrayEquals(
                    new float[] {2, 3, 4, 5},
                    buffer.put(manager, new float[] {1, 2, 3, 4, 5, 6}, 1, new Shape(2, 2))
                            .toFloatArray());
            NDArray longs = buffer.put(manager, new long[] {-1, 7, 9}, new Shape(2, 1));
            assertEquals(new Shape(2, 1), longs.getShape());
            assertArrayEquals(new long[] {-1, 7}, longs.toLongArray());
        }
    }
}
