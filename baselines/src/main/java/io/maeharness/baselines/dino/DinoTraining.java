package io.maeharness.baselines.dino;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.optim.Trained;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.DeviceBuffer;
import io.maeharness.core.train.DropPath;
import io.maeharness.core.train.EncoderTraining;
import io.maeharness.core.train.TrainingDevice;
import io.maeharness.core.train.TrainingFeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Self-distillation of one stage, step by step; it leaves the teacher. */
final class DinoTraining extends EncoderTraining {
    private static final String CENTRE = "centre";

    private final DinoRecipe recipe;
    private final ModelSettings model;
    private final int channels;
    private final int images;
    private final DinoSchedule schedule;
    private final List<ViewLoader.View> views;
    private final TrainingFeed feed;
    private final DropPath dropPath;
    private final DinoNetwork network;
    private final DinoPair pair;
    private final Trained trained = new Pair();
    private final List<DeviceBuffer> pixels = new ArrayList<>();
    private final DeviceBuffer drops;

    DinoTraining(DinoStage stage, StageData data, TrainingDevice device) {
        super(device);
        NDManager manager = device.manager();
        recipe = stage.recipe();
        model = stage.model();
        channels = data.train().channels();
        images = data.train().size();
        StageRandom random = new StageRandom(stage.seed());
        views = recipe.views(model.imageSize());
        feed = TrainingFeed.of(data, recipe.schedule(), random, views, device);
        schedule = new DinoSchedule(
                recipe, feed.order().stepsPerEpoch(), recipe.schedule().totalSteps(images));
        dropPath = new DropPath(recipe.dropPath(), model.encoderDepth(), random);
        network = new DinoNetwork(manager, model, recipe, stage.precision(), device.microBatch(recipe.schedule()));
        pair = new DinoPair(manager, model, recipe, channels, random);
        views.forEach(view -> pixels.add(new DeviceBuffer(manager)));
        drops = new DeviceBuffer(manager);
    }

    @Override
    protected void update(long step, double learningRate) {
        network.settle(
                recipe.centring() ? recipe.centreMomentum() : 1, feed.order().batch());
        pair.step(step, learningRate, schedule);
    }

    @Override
    protected NDArray accumulate(TrainingFeed.Chunk chunk, NDManager scope) {
        long step = chunk.step();
        int[] samples = chunk.samples();
        List<NDArray> inputs = new ArrayList<>();
        for (int v = 0; v < views.size(); v++) {
            int size = views.get(v).size();
            Shape shape = new Shape(samples.length, channels, size, size);
            inputs.add(pixels.get(v).put(scope, chunk.views().get(v), shape));
        }
        return network.accumulate(
                inputs,
                drops(step, samples, scope),
                pair.kinds(scope, step < schedule.frozenSteps()),
                schedule.teacherTemperature(step),
                chunk.share(),
                pair.parameters());
    }

    /** Factors of the student's branches for each view of each image, [V, N, 2 * depth]; each view has its own draws. */
    private Optional<NDArray> drops(long step, int[] samples, NDManager scope) {
        int[] numbers = new int[views.size() * samples.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.addExact(samples[i % samples.length], Math.multiplyExact(i / samples.length, images));
        }
        Shape shape = new Shape(views.size(), samples.length, 2L * model.encoderDepth());
        return dropPath.factors(step, numbers)
                .map(factors -> drops.put(scope, factors, 0, shape).swapAxes(0, 1));
    }

    /** How decided and how varied the teacher was in the last step; empty before the first. */
    Optional<DinoNetwork.Entropies> entropies() {
        return network.entropies();
    }

    /** The teacher's encoder. */
    @Override
    public Map<String, NDArray> encoder() {
        Map<String, NDArray> encoder = pair.teacher();
        encoder.keySet().removeIf(name -> name.startsWith("head."));
        return encoder;
    }

    @Override
    public Map<String, NDArray> weights() {
        return pair.teacher();
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        entropies().ifPresent(entropies -> {
            facts.put("entropy of the teacher's outputs in the last step, nats", nats(entropies.ofOutputs()));
            facts.put("entropy of the teacher's mean output in the last step, nats", nats(entropies.ofMean()));
            facts.put("largest possible entropy, nats", nats(Math.log(recipe.headOutputs())));
        });
        return facts;
    }

    private static String nats(double entropy) {
        return String.format(Locale.ROOT, "%.2f", entropy);
    }

    @Override
    protected TrainingFeed feed() {
        return feed;
    }

    @Override
    protected Trained trained() {
        return trained;
    }

    /** Student and teacher, with the centre of the teacher's outputs and what it will move to. */
    private final class Pair implements Trained {
        @Override
        public List<NDArray> sums() {
            return Stream.concat(pair.gradients().stream(), network.tally().stream())
                    .toList();
        }

        @Override
        public Map<String, NDArray> state() {
            Map<String, NDArray> state = pair.state();
            state.put(CENTRE, network.centre());
            return state;
        }

        @Override
        public void restore(Map<String, NDArray> state) {
            pair.restore(state);
            NDArray centre = state.get(CENTRE);
            if (centre == null || !centre.getShape().equals(network.centre().getShape())) {
                throw new IllegalArgumentException(
                        "tensor '" + CENTRE + "' " + network.centre().getShape() + " is missing");
            }
            centre.copyTo(network.centre());
        }

        @Override
        public void close() {
            pair.close();
        }
    }

    @Override
    protected List<AutoCloseable> parts() {
        return List.of(network);
    }
}
