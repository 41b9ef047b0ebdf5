package io.maeharness.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import io.maeharness.core.error.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchTest {
    @Test
    void theHarnesssNamesOfDevicesAreTranslatedIntoTheEngines() {
        assertEquals(Device.cpu(), Torch.named("cpu"));
        assertEquals(Device.gpu(0), Torch.named("gpu:0"));
        assertEquals(Device.gpu(11), Torch.named("gpu:11"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "gpu0", "gpu:", "gpu:-1", "gpu:0+1", "tpu:0", ""})
    void anythingElseIsNoDevice(String name) {
        assertThrows(IllegalArgumentException.class, () -> Torch.named(name));
    }

    @Test
    void aGpuThatIsNotThereIsAProblemOfTheDeviceWithAWayOut() {
        assumeFalse(
                Engine.getEngine("PyTorch").hasCapability(StandardCapabilities.CUDA),
                "this machine's engine has CUDA, so that gpu:0 may be there");
        HarnessException e = assertThrows(HarnessException.class, () -> Torch.open("gpu:0"));
        assertEquals(HarnessException.Kind.DEVICE, e.kind());
        assertTrue(e.getMessage().startsWith("device gpu:0 cannot be used: libtorch finds no CUDA"), e.getMessage());
        assertTrue(e.getMessage().contains("--device cpu"), e.getMessage());
    }
}
