package io.maeharness.baselines.mocov3;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.MovingAverage;
import io.maeharness.core.optim.ParameterGroups.Group;
import io.maeharness.core.optim.Trained;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.EncoderTraining;
import io.maeharness.core.train.Replica;
import io.maeharness.core.train.TrainingDevice;
import io.maeharness.core.train.TrainingFeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Pre-training by momentum contrast, one whole batch a step. Source: MoCo v3, algorithm 1 and section 5. */
final class MocoV3Training extends EncoderTraining {
    private static final String QUERY = "param/";
    private static final String KEY = "key/";

    private final MocoV3Stage stage;
    private final TrainingFeed feed;
    private final MomentumContrast contrast;
    private final ContrastLayout layout;
    private final MomentumContrast.Branch query;
    private final MomentumContrast.Branch key;
    private final MovingAverage average;
    private final MomentumSchedule momentum;
    private final AdamW adam;
    private final Trained trained = new Branches();
    private final ViewBuffers buffers;
    private Optional<Coupled> coupled = Optional.empty();
    private double found;

    MocoV3Training(MocoV3Stage stage, StageData data, TrainingDevice device) {
        super(device);
        NDManager manager = device.manager();
        this.stage = stage;
        MocoV3Recipe recipe = stage.recipe();
        var train = data.train();
        int size = stage.model().imageSize();
        StageRandom random = new StageRandom(stage.seed());
        feed = TrainingFeed.of(data, recipe.schedule(), random, recipe.views(size), device);
        layout = new ContrastLayout(stage.model(), recipe, train.channels());
        contrast = new MomentumContrast(
                manager, stage.model(), recipe, stage.precision(), device.microBatch(recipe.schedule()));
        Weights weights = Weights.initialise(manager, layout.query(), random, Purpose.INITIALISATION);
        query = new MomentumContrast.Branch(
                weights, Weights.initialise(manager, layout.queryStatistics(), random, Purpose.HEAD));
        average = new MovingAverage(manager, weights.first(layout.key().size()));
        key = new MomentumContrast.Branch(
                average.weights(), Weights.initialise(manager, layout.keyStatistics(), random, Purpose.HEAD));
        momentum = new MomentumSchedule(recipe.keyMomentum());
        adam = new AdamW(manager, recipe.adam(), weights, groups(recipe.adam().weightDecay()));
        int channels = train.channels();
        buffers = new ViewBuffers(manager, new Shape(channels, size, size));
    }

    /** Every trained parameter is decayed, biases and norms too, as published. */
    private List<Group> groups(double weightDecay) {
        return layout.query().stream()
                .map(spec -> ContrastLayout.trained(spec) ? new Group(1, weightDecay) : Group.FROZEN)
                .toList();
    }

    /** On one device BatchNorm and negatives see the images of a step as they are: its loss is no sum over chunks. */
    @Override
    public double step(long step, double learningRate) {
        follow(step);
        try (NDManager scope = manager().newSubManager()) {
            List<MomentumContrast.Views> parts = new ArrayList<>();
            feed.chunksOf(step).forEach(chunk -> parts.add(buffers.put(scope, parts.size(), chunk.views())));
            MomentumContrast.Outcome outcome = contrast.accumulate(parts, query, key, adam.gradients());
            adam.step(step + 1, learningRate);
            found = outcome.found();
            return outcome.loss();
        }
    }

    /** Moves the key's branch towards the query's. */
    private void follow(long step) {
        average.update(momentum.at(
                step / (feed.order().stepsPerEpoch() * stage.recipe().schedule().epochs())));
    }

    /** What the encoders say of this device's images, which stay on it for the way back. */
    @Override
    protected void prepare(long step) {
        follow(step);
        NDManager scope = manager().newSubManager();
        Map<TrainingFeed.Chunk, MomentumContrast.Views> parts = new LinkedHashMap<>();
        feed.chunksOf(step).forEach(chunk -> parts.put(chunk, buffers.put(scope, parts.size(), chunk.views())));
        NDList tokens = contrast.tokens(scope, List.copyOf(parts.values()), query, key);
        coupled = Optional.of(new Coupled(scope, parts, tokens));
    }

    /** Heads and loss, on the first device: they need what the encoders said of all images. */
    @Override
    protected void couple(List<? extends Replica> all) {
        List<Coupled> each = all.stream()
                .map(replica -> ((MocoV3Training) replica).coupled.orElseThrow())
                .toList();
        NDManager scope = each.get(0).scope;
        NDList whole = new NDList();
        for (int i = 0; i < each.get(0).tokens.size(); i++) {
            NDList parts = new NDList();
            for (Coupled one : each) {
                parts.add(one.tokens.get(i).toDevice(manager().getDevice(), false));
            }
            NDArray joined = NDArrays.concat(parts);
            joined.attach(scope);
            whole.add(joined);
        }
        NDList loss = contrast.couple(scope, whole, query, key, adam.gradients());
        found = HostCopy.floats(loss.get(0))[1];
        each.forEach(one -> one.loss = loss);
    }

    /** The chunks that were prepared: their images are on the device. */
    @Override
    protected Iterable<TrainingFeed.Chunk> chunks(long step) {
        return coupled.orElseThrow().parts.keySet();
    }

    @Override
    protected NDArray accumulate(TrainingFeed.Chunk chunk, NDManager scope) {
        Coupled step = coupled.orElseThrow();
        MomentumContrast.Views views = step.parts.get(chunk);
        String rows = chunk.from() + ":" + (chunk.from() + views.size());
        contrast.carryBack(scope, List.of(views.first()), step.loss.get(1).get(rows), query, adam.gradients());
        contrast.carryBack(scope, List.of(views.second()), step.loss.get(2).get(rows), query, adam.gradients());
        return step.loss.get(0).toDevice(manager().getDevice(), false).mul((float) chunk.share());
    }

    @Override
    protected void update(long step, double learningRate) {
        adam.step(step + 1, learningRate);
        coupled.orElseThrow().scope.close();
        coupled = Optional.empty();
    }

    /** A step on several devices between what the encoders say and what they are told. */
    private static final class Coupled {
        private final NDManager scope;
        private final Map<TrainingFeed.Chunk, MomentumContrast.Views> parts;
        private final NDList tokens;
        private NDList loss;

        Coupled(NDManager scope, Map<TrainingFeed.Chunk, MomentumContrast.Views> parts, NDList tokens) {
            this.scope = scope;
            this.parts = parts;
            this.tokens = tokens;
        }
    }

    /** The query's encoder, as published; its class token after the final norm is the feature. */
    @Override
    public Map<String, NDArray> encoder() {
        return query.weights().first(layout.encoder().size()).byName();
    }

    /** The query branch with its running statistics; the momentum branch serves training only. */
    @Override
    public Map<String, NDArray> weights() {
        return query.prefixed("");
    }

    @Override
    public Map<String, String> facts() {
        return Map.of(
                "queries that find their key at the last step, percent",
                String.format(Locale.ROOT, "%.1f", 100 * found));
    }

    @Override
    protected TrainingFeed feed() {
        return feed;
    }

    @Override
    protected Trained trained() {
        return trained;
    }

    @Override
    protected List<AutoCloseable> parts() {
        return List.of(contrast);
    }

    /** Both branches with what trains the query and what moves the key. */
    private final class Branches implements Trained {
        @Override
        public List<NDArray> sums() {
            return adam.sums();
        }

        @Override
        public Map<String, NDArray> state() {
            Map<String, NDArray> state = new LinkedHashMap<>(query.prefixed(QUERY));
            state.putAll(key.prefixed(KEY));
            state.putAll(adam.moments());
            return state;
        }

        @Override
        public void restore(Map<String, NDArray> state) {
            query.restore(state, QUERY);
            key.restore(state, KEY);
            adam.restoreMoments(state);
        }

        @Override
        public void close() {
            adam.close();
            average.close();
        }
    }

    /**
     * How slowly the momentum encoder follows: from {@code start} to 1 on half a cosine over the whole training. Source: MoCo
     * v3, section 5 ("the momentum is 0.99 and increases to 1 by a half-cycle cosine").
     *
     * @param start momentum of the first step
     */
    record MomentumSchedule(double start) {
        /**
         * The share of its own value that the momentum encoder keeps.
         *
         * @param progress through the training, in [0, 1]
         */
        double at(double progress) {
            return 1 - 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress))) * (1 - start);
        }
    }
}
