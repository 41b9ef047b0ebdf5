package io.maeharness.baselines.mocov3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InfoNceTest {
    private static final double TEMPERATURE = 0.2;
    private NDManager manager;
    private Script script;
    private NDArray axes;

    /** The scripts of the method, for calls to their parts. */
    static Script script(NDManager manager, double temperature) {
        return VitScript.load(
                manager,
                TinyContrast.MODEL,
                Precision.FP32,
                EncoderForm.PLAIN,
                1,
                List.of(MomentumContrast.SCRIPT),
                Map.of("temperature", temperature));
    }

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
        script = script(manager, TEMPERATURE);
        axes = manager.eye(4);
    }

    @AfterEach
    void close() {
        script.close();
        manager.close();
    }

    private double call(String method, NDArray queries, NDArray keys) {
        return script.call(method, new ScriptArguments().add(queries).add(keys))
                .singletonOrThrow()
                .toFloatArray()[0];
    }

    @Test
    void ofQueriesOnTheirKeysOnlyTheOtherKeysRemain() {
        double expected = 2 * TEMPERATURE * Math.log(1 + 3 * Math.exp(-1 / TEMPERATURE));
        assertEquals(expected, call("info_nce", axes, axes), 1e-6);
    }

    @Test
    void ofKeysThatAreAllAlikeItIsTheLogarithmOfTheBatch() {
        NDArray alike = manager.ones(axes.getShape());
        assertEquals(2 * TEMPERATURE * Math.log(4), call("info_nce", axes, alike), 1e-6);
    }

    @Test
    void lengthsDoNotMatter() {
        assertEquals(call("info_nce", axes, axes), call("info_nce", axes.mul(7), axes.mul(0.1)), 1e-6);
    }

    @Test
    void aKeyIsFoundWhereItIsTheNearest() {
        assertEquals(1, call("found", axes, axes), 0);
        assertEquals(0, call("found", axes, axes.get("1:").concat(axes.get(":1"))), 0);
    }
}
