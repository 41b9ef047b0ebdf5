package io.maeharness.core.frozen;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.config.ProbeRecipe;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.engine.HostNumbers;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Initialisation;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.Accuracy;
import io.maeharness.core.train.EpochOrder;
import io.maeharness.core.train.Fingerprint;
import io.maeharness.core.train.Trainable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Linear probing: BatchNorm without affine and a linear layer on frozen features, trained by LARS. Source: paper, section
 * A.1 and table 10.
 *
 * <p>The features of a step's augmented images are computed when it needs them; with {@code cachedViews} the epochs take
 * turns with so many sets of them that are computed once.
 */
final class Probing implements Trainable, AutoCloseable {
    private final StageData data;
    private final NDManager manager;
    private final FeatureTable table;
    private final EpochOrder order;
    private final ProbeRecipe recipe;
    private final Script script;
    private final List<NDArray> head;
    private final String drawn;
    private final List<NDArray> momenta;
    private final Map<Long, NDArray> views = new LinkedHashMap<>();
    private final long[] labels;
    private final int classes;

    Probing(LinearProbeStage stage, StageData data, FeatureTable table, NDManager manager) {
        this.data = data;
        this.manager = manager;
        this.table = table;
        recipe = stage.recipe();
        classes = data.train().numClasses();
        labels = IntStream.range(0, data.train().size())
                .mapToLong(data.train()::label)
                .toArray();
        StageRandom random = new StageRandom(stage.seed());
        order = new EpochOrder(random, data.train().size(), recipe.schedule());
        script = Script.load(
                manager,
                "probe.py",
                "Probe",
                Map.of(
                        "training", true,
                        "momentum", recipe.momentum(),
                        "trust", recipe.trustCoefficient(),
                        "weight_decay", recipe.weightDecay()));
        Shape weight = new Shape(classes, table.width());
        float[] first = initialWeights(classes, table.width(), random.at(Purpose.HEAD, "head.weight"));
        drawn = Fingerprint.of(first);
        head = List.of(
                Torch.owned(manager, first, weight),
                manager.zeros(new Shape(classes)),
                manager.zeros(new Shape(table.width())),
                manager.ones(new Shape(table.width())));
        momenta = List.of(manager.zeros(weight), manager.zeros(new Shape(classes)));
    }

    EpochOrder order() {
        return order;
    }

    @Override
    public double step(long step, double learningRate) {
        int[] samples = order.samplesOf(step);
        try (NDManager scope = manager.newSubManager()) {
            NDArray features = features(scope, order.epochOf(step), samples);
            long[] wanted = Arrays.stream(samples).mapToLong(i -> labels[i]).toArray();
            NDArray loss = script.call(
                            "train_step",
                            new ScriptArguments()
                                    .add(features)
                                    .add(scope.create(wanted))
                                    .add(HostNumbers.of(scope, learningRate))
                                    .addMap(headByName())
                                    .addMap(Map.of("weight", momenta.get(0), "bias", momenta.get(1))))
                    .singletonOrThrow();
            return HostCopy.floats(loss)[0];
        }
    }

    /** Features [samples, D]: a fresh view of each image, or its row of the view whose turn it is. */
    private NDArray features(NDManager scope, long epoch, int[] samples) {
        if (recipe.cachedViews() == 0) {
            float[] fresh = table.of(data.train(), samples, transform(), epoch);
            return Torch.owned(scope, fresh, new Shape(samples.length, table.width()));
        }
        NDArray view = cached(epoch % recipe.cachedViews());
        NDArray numbers = scope.create(Arrays.stream(samples).asLongStream().toArray());
        NDArray rows = script.call("rows", new ScriptArguments().add(view).add(numbers))
                .singletonOrThrow();
        rows.attach(scope);
        return rows;
    }

    /** Features [train size, D] of a view. */
    private NDArray cached(long view) {
        Shape shape = new Shape(data.train().size(), table.width());
        return views.computeIfAbsent(view, v -> Torch.owned(manager, table.of(data.train(), transform(), v), shape));
    }

    /** Random-size crop and flip, or the whole picture and flip where the smallest crop is the whole picture. */
    private SampleTransform transform() {
        return new Augmentation.RandomSizeCrop(new CropScale(recipe.minCropScale(), 1));
    }

    /** Accuracy on the held images with the running statistics of the BatchNorm. */
    Accuracy evaluate() {
        float[] features = table.of(data.held(), new EvaluationTransform(), 0);
        int count = data.held().size();
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = data.held().label(i);
        }
        Accuracy accuracy = new Accuracy("the linear probe", data.held().name());
        try (NDManager scope = manager.newSubManager()) {
            NDArray input = Torch.owned(scope, features, new Shape(count, table.width()));
            float[] logits = HostCopy.floats(
                    script.call("logits", new ScriptArguments().add(input).addMap(headByName()))
                            .singletonOrThrow());
            accuracy.add(logits, labels, count, classes);
        }
        return accuracy;
    }

    /** Digests of what was drawn: first weights and order. */
    Map<String, String> draws() {
        return Map.of(Fingerprint.WEIGHTS, drawn, Fingerprint.ORDER, order.fingerprint());
    }

    /**
     * How far training is from its end: the loss on all cached views and how much of it is left to win, see
     * {@link ProbeConvergence}. Nothing is said of fresh views, or of a head too large for it.
     */
    Map<String, String> convergence() {
        if (recipe.cachedViews() == 0 || !ProbeConvergence.canTell(classes, table.width())) {
            return Map.of();
        }
        int used =
                (int) Math.min(recipe.cachedViews(), Math.ceil(recipe.schedule().epochs()));
        List<NDArray> all = LongStream.range(0, used).mapToObj(this::cached).toList();
        try (NDManager scope = manager.newSubManager()) {
            float[] lossAndExcess = HostCopy.floats(script.call(
                            "excess",
                            new ScriptArguments()
                                    .addAll(all)
                                    .add(scope.create(labels))
                                    .addMap(headByName()))
                    .singletonOrThrow());
            return new ProbeConvergence(lossAndExcess[0], lossAndExcess[1]).facts();
        }
    }

    /** The trained head: weight, bias, running mean and variance of the BatchNorm, in this order in every process. */
    Map<String, NDArray> headByName() {
        Map<String, NDArray> named = new LinkedHashMap<>();
        named.put("head.weight", head.get(0));
        named.put("head.bias", head.get(1));
        named.put("bn.running_mean", head.get(2));
        named.put("bn.running_var", head.get(3));
        return named;
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>(headByName());
        state.put("lars.weight", momenta.get(0));
        state.put("lars.bias", momenta.get(1));
        return state;
    }

    @Override
    public void restore(Map<String, NDArray> saved) {
        state().forEach((name, array) -> {
            NDArray value = saved.get(name);
            if (value == null || !value.getShape().equals(array.getShape())) {
                throw new IllegalArgumentException("tensor '" + name + "' " + array.getShape() + " is missing");
            }
            value.copyTo(array);
        });
    }

    @Override
    public void close() {
        script.close();
        table.close();
    }

    /** Weights of the head [classes, width], truncated normal of deviation 0.01. */
    private static float[] initialWeights(int classes, int width, RandomGenerator random) {
        float[] values = new float[classes * width];
        ParameterSpec spec = new ParameterSpec(
                "head.weight", List.of((long) classes, (long) width), Initialisation.NORMAL_001, true);
        spec.initialisation().fill(values, spec, random);
        return values;
    }
}
