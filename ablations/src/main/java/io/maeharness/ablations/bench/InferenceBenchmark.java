package io.maeharness.ablations.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Classifier;
import io.maeharness.core.model.FeatureExtractor;
import io.maeharness.core.model.FrozenLeaves;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.Precision;
import io.maeharness.interop.onnx.ModelCard;
import io.maeharness.interop.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Time from standardised pixels in a Java array to outputs in one, for one batch.
 *
 * <p>ONNX Runtime runs the file; PyTorch runs the harness's own script at the architecture that the file names, with random
 * weights, on which the time does not depend.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class InferenceBenchmark {
    /** The runtimes that are compared. */
    static final String DJL = "DJL (PyTorch)";

    static final String ONNX_RUNTIME = "ONNX Runtime";

    /** Which runtime computes. */
    @Param({DJL, ONNX_RUNTIME})
    public String runtime;

    /** Images at once. */
    @Param({"1", "64"})
    public int batch;

    /** Threads of the runtime. */
    @Param("1")
    public int threads;

    /** The ONNX file. */
    @Param("")
    public String file;

    private Runner runner;
    private float[] images;

    /** JMH fills the fields. */
    public InferenceBenchmark() {
        runtime = "";
        file = "";
    }

    /** Runs one batch, [N, C, S, S] to outputs in row-major order. */
    private interface Runner extends AutoCloseable {
        float[] run(float[] images, long[] shape);

        @Override
        void close();
    }

    private long[] shape = {};

    /** Loads the model and draws images. */
    @Setup
    public void open() {
        ParentWatch.start();
        OnnxModel model = OnnxModel.open(Path.of(file), threads);
        ModelCard card = model.card().orElseThrow();
        shape = new long[] {
            batch,
            card.statistics().channels(),
            card.model().imageSize(),
            card.model().imageSize()
        };
        RandomGenerator draws = new StageRandom(1).at(Purpose.NOISE, 0, 0);
        images = new float[(int) (shape[0] * shape[1] * shape[2] * shape[3])];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) draws.nextGaussian();
        }
        if (runtime.equals(ONNX_RUNTIME)) {
            runner = new Onnx(model);
        } else {
            model.close();
            runner = new Engine(card);
        }
    }

    /** One batch. */
    @Benchmark
    public float[] infer() {
        return runner.run(images, shape);
    }

    /** Releases the model. */
    @TearDown
    public void close() {
        runner.close();
    }

    private record Onnx(OnnxModel model) implements Runner {
        @Override
        public float[] run(float[] images, long[] shape) {
            return model.run(images, shape, model.outputs().keySet().iterator().next());
        }

        @Override
        public void close() {
            model.close();
        }
    }

    /** The harness's own classifier, or its features where the file is an encoder. */
    private static final class Engine implements Runner {
        private final NDManager manager = Torch.open("cpu");
        private final boolean head;
        private final FrozenLeaves leaves;
        private final Classifier classifier;
        private final FeatureExtractor features;

        Engine(ModelCard card) {
            int channels = card.statistics().channels();
            int classes = card.classNames().size();
            head = classes > 0;
            Weights weights = Weights.initialise(
                    manager,
                    head
                            ? Layout.classifier(card.model(), channels, classes, card.form())
                            : Layout.encoder(card.model(), channels, card.form()),
                    new StageRandom(1),
                    Purpose.INITIALISATION);
            classifier = new Classifier(manager, card.model(), Precision.FP32, card.form(), 1, spec -> false);
            features = new FeatureExtractor(manager, card.model(), Precision.FP32, card.form(), Pooling.CLS);
            leaves = head ? classifier.leaves(weights) : features.leaves(weights);
        }

        @Override
        public float[] run(float[] images, long[] shape) {
            try (NDManager scope = manager.newSubManager()) {
                var input = scope.create(images, new Shape(shape));
                return (head ? classifier.logits(input, leaves) : features.features(input, leaves)).toFloatArray();
            }
        }

        @Override
        public void close() {
            leaves.close();
            classifier.close();
            features.close();
            manager.close();
        }
    }
}
