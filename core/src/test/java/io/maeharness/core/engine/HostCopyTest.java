package io.maeharness.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A GPU's copies are played by duplicates below a new manager, as the engine makes them. */
class HostCopyTest {
    private static final float[] VALUES = {1, 2, 3};

    @Test
    void aCopyIsReleasedWithItsManagerOnceItIsRead() {
        try (NDManager manager = Torch.open("cpu")) {
            NDArray array = manager.create(VALUES);
            List<NDManager> opened = new ArrayList<>();
            int before = manager.getManagedArrays().size();
            for (int checkpoint = 0; checkpoint < 3; checkpoint++) {
                assertArrayEquals(
                        VALUES, HostCopy.read(array, one -> copyBelow(manager, one, opened), NDArray::toFloatArray));
            }
            assertEquals(3, opened.size());
            opened.forEach(owner -> assertFalse(owner.isOpen(), "a copy's manager is still open"));
            assertEquals(before, manager.getManagedArrays().size());
        }
    }

    @Test
    void aCopyIsReleasedWhenReadingItFails() {
        try (NDManager manager = Torch.open("cpu")) {
            NDArray array = manager.create(VALUES);
            List<NDManager> opened = new ArrayList<>();
            assertThrows(
                    IllegalStateException.class,
                    () -> HostCopy.read(array, one -> copyBelow(manager, one, opened), one -> {
                        throw new IllegalStateException("reading failed");
                    }));
            assertFalse(opened.get(0).isOpen());
        }
    }

    @Test
    void anArrayThatLiesOnTheHostIsReadAndStays() {
        try (NDManager manager = Torch.open("cpu")) {
            NDArray array = manager.create(VALUES);
            long before = Crossings.downloads();
            assertArrayEquals(VALUES, HostCopy.floats(array));
            assertEquals(3 * Float.BYTES, HostCopy.bytes(array).remaining());
            assertArrayEquals(VALUES, array.toFloatArray());
            assertEquals(2, Crossings.downloads() - before);
        }
    }

    private static NDArray copyBelow(NDManager manager, NDArray array, List<NDManager> opened) {
        NDManager below = manager.newSubManager();
        opened.add(below);
        NDArray copy = array.duplicate();
        copy.attach(below);
        return copy;
    }
}
