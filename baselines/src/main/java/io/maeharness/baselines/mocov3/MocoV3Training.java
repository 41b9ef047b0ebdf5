package io.maeharness.baselines.mocov3;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.MovingAverage;
import io.maeharness.core.optim.ParameterGroups.Group;
import io.maeharness.core.optim.Trained;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.EncoderTraining;
import io.maeharness.core.train.TrainingFeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pre-training by momentum contrast, one whole batch a step. Source: MoCo v3, algorithm 1 and section 5. */
final class MocoV3Training extends EncoderTraining {
    private static final String QUERY = "param/";
    private static final String KEY = "key/";

    private final MocoV3Stage stage;
    private final TrainingFeed feed;
    private final MomentumContrast contrast;
    private final ContrastLayout layout;
    private final Branch query;
    private final Branch key;
    private final MovingAverage average;
    private final MomentumSchedule momentum;
    private final AdamW adam;
    private final Trained trained = new Branches();
    private final ViewBuffers buffers;
    private double found;

    MocoV3Training(MocoV3Stage stage, StageData data, NDManager manager) {
        super(manager);
        this.stage = stage;
        MocoV3Recipe recipe = stage.recipe();
        var train = data.train();
        int size = stage.model().imageSize();
        StageRandom random = new StageRandom(stage.seed());
        feed = TrainingFeed.of(data, recipe.schedule(), random, ContrastViews.of(recipe, size), manager);
        layout = new ContrastLayout(stage.model(), recipe, train.channels());
        contrast = new MomentumContrast(manager, stage.model(), recipe, stage.precision());
        Weights weights = Weights.initialise(manager, layout.query(), random, Purpose.INITIALISATION);
        query = new Branch(weights, Weights.initialise(manager, layout.queryStatistics(), random, Purpose.HEAD));
        average = new MovingAverage(manager, weights.first(layout.key().size()));
        key = new Branch(average.weights(), Weights.initialise(manager, layout.keyStatistics(), random, Purpose.HEAD));
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

    /** BatchNorm and negatives couple the images of a step, so that it is no sum over its chunks. */
    @Override
    public double step(long step, double learningRate) {
        average.update(momentum.at(
                step / (feed.order().stepsPerEpoch() * stage.recipe().schedule().epochs())));
        try (NDManager scope = manager().newSubManager()) {
            MomentumContrast.Outcome outcome = contrast.accumulate(views(scope, step), query, key, adam.gradients());
            adam.step(step + 1, learningRate);
            found = outcome.found();
            return outcome.loss();
        }
    }

    @Override
    protected double accumulate(TrainingFeed.Chunk chunk, NDManager scope) {
        throw coupled();
    }

    @Override
    protected void update(long step, double learningRate) {
        throw coupled();
    }

    private static IllegalStateException coupled() {
        return new IllegalStateException("a step of MoCo v3 is not cut into shards");
    }

    private List<MomentumContrast.Views> views(NDManager scope, long step) {
        List<MomentumContrast.Views> parts = new ArrayList<>();
        for (TrainingFeed.Chunk chunk : feed.chunksOf(step)) {
            parts.add(buffers.put(scope, parts.size(), chunk.views()));
        }
        return parts;
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
