package io.maeharness.baselines.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.optim.Trained;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.DeviceBuffer;
import io.maeharness.core.train.Replica;
import io.maeharness.core.train.TrainingDevice;
import io.maeharness.core.train.TrainingFeed;
import java.util.List;

/** Training of the discrete VAE, with the temperature and the weight of the divergence as functions of the step. */
final class TokenizerTraining extends Replica {
    private final TokenizerRecipe recipe;
    private final StageRandom random;
    private final TrainingFeed feed;
    private final DiscreteVae vae;
    private final Weights weights;
    private final AdamW adam;
    private final DeviceBuffer images;
    private final DeviceBuffer noise;
    private final GumbelDraws draws;
    private final Annealing annealing;
    private final int channels;
    private final int size;

    TokenizerTraining(TrainedTokenizerStage stage, StageData data, TrainingDevice device) {
        super(device);
        NDManager manager = device.manager();
        recipe = stage.recipe();
        channels = data.train().channels();
        size = recipe.pictureSize(stage.model());
        random = new StageRandom(stage.seed());
        vae = new DiscreteVae(manager, recipe, device.microBatch(recipe.schedule()));
        weights = Weights.initialise(manager, DiscreteVae.layout(recipe, channels), random, Purpose.INITIALISATION);
        adam = new AdamW(
                manager,
                recipe.adam(),
                weights,
                ParameterGroups.pretraining(weights.specs(), recipe.adam().weightDecay()));
        int grid = size / recipe.wordPixels();
        draws = new GumbelDraws(random, recipe.vocabulary() * grid * grid);
        ViewLoader.View view =
                new ViewLoader.View(new Augmentation.RandomSizeCrop(new CropScale(recipe.minCropScale(), 1)), size);
        int values = Math.max(channels * size * size, recipe.vocabulary() * grid * grid);
        feed = TrainingFeed.of(data, recipe.schedule(), random, List.of(view), values, device);
        annealing =
                new Annealing(recipe, recipe.schedule().totalSteps(data.train().size()));
        images = new DeviceBuffer(manager);
        noise = new DeviceBuffer(manager);
    }

    Weights weights() {
        return weights;
    }

    DiscreteVae vae() {
        return vae;
    }

    @Override
    protected void update(long step, double learningRate) {
        adam.step(step + 1, learningRate);
    }

    @Override
    protected NDArray accumulate(TrainingFeed.Chunk chunk, NDManager scope) {
        Batch batch = chunk.images();
        int[] samples = chunk.samples();
        long step = chunk.step();
        int grid = size / recipe.wordPixels();
        NDArray pixels = images.put(scope, batch, new Shape(samples.length, channels, size, size));
        NDArray uniform = Torch.asGpu(manager())
                ? noise.put(scope, draws.states(step, samples), new Shape(samples.length))
                : noise.put(
                        scope, draws.of(step, samples), 0, new Shape(samples.length, recipe.vocabulary(), grid, grid));
        return vae.accumulate(
                pixels,
                uniform,
                annealing.temperature(step),
                annealing.divergenceWeight(step),
                chunk.share(),
                weights,
                adam.gradients());
    }

    @Override
    protected TrainingFeed feed() {
        return feed;
    }

    @Override
    protected Trained trained() {
        return adam;
    }

    @Override
    protected List<AutoCloseable> parts() {
        return List.of(vae);
    }

    /**
     * What changes in the course of a tokenizer's training beside the learning rate. Source: Ramesh et al., arXiv 2102.12092,
     * section A.2: the temperature falls on half a cosine, the weight of the divergence grows.
     *
     * @param recipe its temperatures and its weight
     * @param steps of the whole training
     */
    record Annealing(TokenizerRecipe recipe, int steps) {
        /** Temperature of the relaxed choice at a step, from 0. */
        double temperature(long step) {
            double fallen = 0.5 * (1 - Math.cos(Math.PI * progress(step)));
            return recipe.gumbelStart() + (recipe.gumbelEnd() - recipe.gumbelStart()) * fallen;
        }

        /** Weight of the divergence from the uniform distribution at a step, from 0. */
        double divergenceWeight(long step) {
            return recipe.klWeight() * progress(step);
        }

        /** Position of a step, 0 at the first and 1 at the last. */
        private double progress(long step) {
            return steps <= 1 ? 1 : Math.min(1, (double) step / (steps - 1));
        }
    }
}
