package io.maeharness.core.stage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a stage is computed with. Images are read and the engine is started when they are first asked for, so that a stage
 * which only waits for another process holds no memory.
 */
public final class StageContext implements AutoCloseable {
    private final StageEnvironment environment;
    private final Supplier<StageData> images;
    private StageData data;
    private final List<NDManager> managers = new ArrayList<>();

    /**
     * Prepares the context of one stage.
     *
     * @param images opens them, when they are first asked for
     * @param environment where and how
     */
    public StageContext(Supplier<StageData> images, StageEnvironment environment) {
        this.images = images;
        this.environment = environment;
    }

    /**
     * A context of what is open already.
     *
     * @param manager of the engine, on the stage's device; closed with this context
     */
    public StageContext(StageData data, StageEnvironment environment, NDManager manager) {
        this(() -> data, environment);
        managers.add(manager);
    }

    /** Images. */
    public StageData data() {
        if (data == null) {
            environment.progress().phase("reading images");
            data = images.get();
        }
        return data;
    }

    /** Where and how. */
    public StageEnvironment environment() {
        return environment;
    }

    /**
     * Of the engine, on the stage's device; closed with this context.
     *
     * @throws HarnessException when the native library cannot be loaded or the device does not exist
     */
    public NDManager manager() {
        return managers(1).get(0);
    }

    /**
     * Of the engine, one on each of the stage's devices; closed with this context.
     *
     * @param most how many can be used
     * @return as many as there are, but no more than that; the first is {@link #manager}
     */
    public List<NDManager> managers(int most) {
        List<String> devices = environment.members();
        int count = Math.min(most, devices.size());
        while (managers.size() < count) {
            managers.add(Torch.open(devices.get(managers.size())));
        }
        return List.copyOf(managers.subList(0, count));
    }

    /** The directory of a stage. */
    public Path directoryOf(Stage stage) {
        return environment.directoryOf(stage);
    }

    /**
     * The weights that a finished stage left, by name.
     *
     * @throws HarnessException of kind CHECKPOINT when they are missing or damaged
     */
    public Map<String, NDArray> weightsOf(Stage stage) {
        return FinishedWeights.read(manager(), directoryOf(stage));
    }

    @Override
    public void close() {
        managers.forEach(NDManager::close);
        managers.clear();
    }
}
