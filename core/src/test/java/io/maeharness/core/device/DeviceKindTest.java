package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DeviceKindTest {
    @Test
    void everyNumberedCardIsOfTheSameKind() {
        assertEquals(DeviceKind.GPU, DeviceKind.of("gpu:3"));
        assertEquals(DeviceKind.GPU, DeviceKind.of("gpu"));
        assertEquals(DeviceKind.CPU, DeviceKind.of("cpu"));
    }

    @Test
    void refusesAnotherDevice() {
        assertThrows(IllegalArgumentException.class, () -> DeviceKind.of("tpu"));
    }
}
