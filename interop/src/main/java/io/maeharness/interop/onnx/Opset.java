package io.maeharness.interop.onnx;

import io.maeharness.core.error.InvalidSettingException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Version of the ONNX operators in a file; ONNX Runtime makes the same optimised graph of both. */
public enum Opset {
    /** Layer normalisation is an operator, GELU is spelled out by the error function; read by ONNX 1.12 and later. */
    V17(17, 8),
    /** GELU is an operator too; read by ONNX 1.15 and later. */
    V20(20, 9);

    private final int number;
    private final int irVersion;

    Opset(int number, int irVersion) {
        this.number = number;
        this.irVersion = irVersion;
    }

    /** The number in the file. */
    public int number() {
        return number;
    }

    /** Version of the file format that came with it. */
    int irVersion() {
        return irVersion;
    }

    /**
     * The opset of a number.
     *
     * @throws InvalidSettingException for a number that is not written here
     */
    public static Opset of(int number) {
        return Arrays.stream(values())
                .filter(opset -> opset.number == number)
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException("the opset is one of "
                        + Arrays.stream(values())
                                .map(opset -> Integer.toString(opset.number))
                                .collect(Collectors.joining(", "))
                        + ", got " + number));
    }
}
