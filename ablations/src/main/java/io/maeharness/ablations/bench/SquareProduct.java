package io.maeharness.ablations.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.stage.Precision;
import java.util.Map;

/** Square matrix products, several in a row so that casting the operands to bf16 does not count. */
final class SquareProduct implements TimedStep {
    private final NDManager manager;
    private final Script script;
    private final NDArray left;
    private final NDArray right;
    private final Precision precision;
    private final int times;

    SquareProduct(int side, int times, Precision precision) {
        this.precision = precision;
        this.times = times;
        manager = Torch.open("cpu");
        script = Script.load(manager, "product.py", "Product", Map.of("training", false, "times", times));
        left = manager.randomNormal(0, 1, new Shape(side, side), DataType.FLOAT32);
        right = manager.randomNormal(0, 1, new Shape(side, side), DataType.FLOAT32);
    }

    /** Floating-point operations of so many products of a side. */
    static double flops(int side, int times) {
        return 2.0 * side * side * side * times;
    }

    @Override
    public double run() {
        return precision == Precision.BF16 ? bf16() : fp32();
    }

    private double bf16() {
        try (NDList product =
                script.call("bf16", new ScriptArguments().add(left).add(right))) {
            return product.singletonOrThrow().get(0, 0).getFloat();
        }
    }

    /** In the engine's own fp32, which needs no cast. */
    private double fp32() {
        double sum = 0;
        for (int i = 0; i < times; i++) {
            try (NDArray product = left.matMul(right);
                    NDArray corner = product.get(0, 0)) {
                sum += corner.getFloat();
            }
        }
        return sum;
    }

    @Override
    public void close() {
        script.close();
        manager.close();
    }
}
