package io.maeharness.core.optim;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.HostNumbers;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.model.Weights;

/** An exponential moving average of weights: a teacher, or a momentum encoder. */
public final class MovingAverage implements AutoCloseable {
    private final NDManager manager;
    private final Weights source;
    private final Weights average;
    private final Script script;

    /**
     * Starts as a copy.
     *
     * @param source whose average is kept
     */
    public MovingAverage(NDManager manager, Weights source) {
        this.manager = manager;
        this.source = source;
        average = Weights.of(manager, source.specs(), source.byName());
        script = AdamW.script(manager, 0, 0);
    }

    /** The average. */
    public Weights weights() {
        return average;
    }

    /**
     * Moves the average towards its source.
     *
     * @param decay share of itself that the average keeps, in [0, 1]
     */
    public void update(double decay) {
        try (NDManager scope = manager.newSubManager()) {
            script.call(
                    "average",
                    new ScriptArguments()
                            .add(HostNumbers.of(scope, decay))
                            .addAll(source.arrays())
                            .addAll(average.arrays()));
        }
    }

    @Override
    public void close() {
        script.close();
    }
}
