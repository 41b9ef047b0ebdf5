package io.maeharness.core.train;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes stages with the PyTorch engine. One object serves one thread and keeps the last data set it opened.
 *
 * <p>Checkpoints stay: whoever records the outcome removes them when it is on disk.
 */
public final class TrainingExecutor implements StageExecutor {
    private final Map<Class<? extends Stage>, StageMethod<?>> methods = new LinkedHashMap<>();
    private DataIdentity opened;
    private StageData data;

    /** Computes what the paper's own method needs; opens nothing yet. */
    public TrainingExecutor() {
        this(List.of());
    }

    /**
     * Computes what the paper's own method needs and what others bring.
     *
     * @param others methods for other kinds of stages
     */
    public TrainingExecutor(List<StageMethod<?>> others) {
        List.of(
                        new MaskedPretraining(),
                        new LabelledTraining(),
                        new FrozenFeatures.Probe(),
                        new FrozenFeatures.Neighbours(),
                        new ReconstructionDrawing())
                .forEach(method -> methods.put(method.stage(), method));
        others.forEach(method -> methods.put(method.stage(), method));
        opened = null;
        data = null;
    }

    @Override
    public StageOutcome execute(Stage stage, StageEnvironment environment) {
        long begun = System.nanoTime();
        try (NDManager manager = Torch.open(environment.device())) {
            StageResult result = compute(stage, environment, manager);
            return new StageOutcome(
                    result.metrics(),
                    result.imagesSeen(),
                    (System.nanoTime() - begun) / 1e9,
                    result.imagesPerSecond(),
                    result.facts(),
                    result.correct(),
                    result.draws());
        } catch (Evaluation.StopRequest e) {
            throw new StageInterruptedException(0);
        }
    }

    private StageResult compute(Stage stage, StageEnvironment environment, NDManager manager) {
        environment.progress().phase("reading images");
        if (!stage.data().equals(opened)) {
            data = StageData.of(stage.data(), environment.dataDirectory());
            opened = stage.data();
        }
        StageMethod<?> method = methods.get(stage.getClass());
        if (method == null) {
            throw new HarnessException(
                    HarnessException.Kind.STAGE_FAILED,
                    "stages of kind '" + stage.kind() + "' are not computed by this worker");
        }
        return compute(method, stage, new StageContext(data, environment, manager, methods));
    }

    private static <S extends Stage> StageResult compute(StageMethod<S> method, Stage stage, StageContext context) {
        return method.compute(method.stage().cast(stage), context);
    }
}
