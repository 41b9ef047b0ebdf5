package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.InvalidSettingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceGroupTest {
    @Test
    void membersAreNumbersOfGpusOrSharesOfAProcessor() {
        assertEquals(List.of("0", "1", "2", "3"), DeviceGroup.members("gpu:0+1+2+3"));
        assertEquals(List.of("1.0"), DeviceGroup.members("gpu:1.0"));
        assertEquals(List.of("cpu", "cpu"), DeviceGroup.members("cpu+cpu"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu+cpu+cpu", "gpu:0+0", "gpu:0+1+2"})
    void theyAreAPowerOfTwoAndEachIsNamedOnce(String option) {
        assertTrue(DeviceGroup.isNamedBy(option));
        assertThrows(InvalidSettingException.class, () -> DeviceGroup.members(option));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "gpu", "gpu:", "gpu:0+", "cpu+gpu:0", "gpu:1.", "tpu:0"})
    void anythingElseNamesNone(String option) {
        assertFalse(DeviceGroup.isNamedBy(option));
    }
}
