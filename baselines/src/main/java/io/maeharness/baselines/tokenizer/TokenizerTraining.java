package io.maeharness.baselines.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.config.TokenizerRecipe;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.train.Chunks;
import io.maeharness.core.train.DeviceBuffer;
import io.maeharness.core.train.EpochOrder;
import io.maeharness.core.train.StageData;
import io.maeharness.core.train.Trainable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Training of the discrete VAE, with the temperature and the weight of the divergence as functions of the step. */
final class TokenizerTraining implements Trainable, AutoCloseable {
    private final TokenizerRecipe recipe;
    private final NDManager manager;
    private final StageRandom random;
    private final EpochOrder order;
    private final BatchLoader loader;
    private final DiscreteVae vae;
    private final Weights weights;
    private final AdamW adam;
    private final Chunks chunks;
    private final DeviceBuffer images;
    private final DeviceBuffer noise;
    private final GumbelDraws draws;
    private final Annealing annealing;
    private final int channels;
    private final int size;

    TokenizerTraining(TokenizerStage.Trained stage, StageData data, NDManager manager) {
        this.manager = manager;
        recipe = stage.recipe();
        channels = data.train().channels();
        size = recipe.pictureSize(stage.model());
        random = new StageRandom(stage.seed());
        order = new EpochOrder(random, data.train().size(), recipe.schedule());
        loader = new BatchLoader(
                data.train(),
                new Augmentation.RandomSizeCrop(new CropScale(recipe.minCropScale(), 1)),
                data.statistics(),
                size,
                random,
                stage.data().settings().dataset().equals("imagefolder"));
        vae = new DiscreteVae(manager, recipe);
        weights = Weights.initialise(manager, DiscreteVae.layout(recipe, channels), random, Purpose.INITIALISATION);
        adam = new AdamW(
                manager,
                recipe.adam(),
                weights,
                ParameterGroups.pretraining(weights.specs(), recipe.adam().weightDecay()));
        int grid = size / recipe.wordPixels();
        draws = new GumbelDraws(random, recipe.vocabulary() * grid * grid);
        chunks = Chunks.of(
                order.batch(),
                recipe.schedule().microBatch(),
                Math.max(channels * size * size, recipe.vocabulary() * grid * grid));
        annealing =
                new Annealing(recipe, recipe.schedule().totalSteps(data.train().size()));
        images = new DeviceBuffer(manager);
        noise = new DeviceBuffer(manager);
    }

    EpochOrder order() {
        return order;
    }

    Weights weights() {
        return weights;
    }

    DiscreteVae vae() {
        return vae;
    }

    @Override
    public double step(long step, double learningRate) {
        int[] samples = order.samplesOf(step);
        double loss = 0;
        for (int from = 0; from < samples.length; from += chunks.size()) {
            int to = Math.min(samples.length, from + chunks.size());
            loss += accumulate(step, Arrays.copyOfRange(samples, from, to), (double) (to - from) / samples.length);
        }
        adam.step(step + 1, learningRate);
        return loss;
    }

    private double accumulate(long step, int[] samples, double share) {
        Batch batch = loader.load(order.epochOf(step), samples);
        int grid = size / recipe.wordPixels();
        try (NDManager scope = manager.newSubManager()) {
            NDArray pixels = images.put(scope, batch.images(), 0, new Shape(samples.length, channels, size, size));
            NDArray uniform = noise.put(
                    scope, draws.of(step, samples), 0, new Shape(samples.length, recipe.vocabulary(), grid, grid));
            return vae.accumulate(
                            pixels,
                            uniform,
                            annealing.temperature(step),
                            annealing.divergenceWeight(step),
                            share,
                            weights,
                            adam.gradients())
                    .whole();
        }
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>(weights.prefixed("param/"));
        state.putAll(adam.state());
        return state;
    }

    @Override
    public void restore(Map<String, NDArray> state) {
        weights.restore(state, "param/");
        adam.restore(state);
    }

    @Override
    public void close() {
        adam.close();
        vae.close();
        loader.close();
    }
}
