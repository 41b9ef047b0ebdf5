package io.maeharness.ablations.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.masking.MaskBatch;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.model.MaskedAutoencoder;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.core.stage.Precision;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A step of pre-training to be timed: forward, backward and, if wanted, AdamW, on noise that is already in memory. */
final class TrainingStep implements TimedStep {
    private static final double RATE = 1e-4;

    private final NDManager manager;
    private final MaskedAutoencoder mae;
    private final Weights weights;
    private final Weights gradients;
    private final Optional<AdamW> adam;
    private final NDArray images;
    private final NDArray shuffle;
    private long steps;

    /**
     * What is timed.
     *
     * @param recipe mask ratio, mask tokens, batch and micro-batch count
     * @param channels of the images
     * @param optimiser whether a step ends with AdamW's update; without it gradients are summed up for ever
     * @param device {@code cpu} or {@code gpu:N}
     */
    record Work(
            ModelSettings model,
            PretrainRecipe recipe,
            int channels,
            boolean optimiser,
            Precision precision,
            String device,
            long seed) {
        int images() {
            return recipe.schedule().batchSize();
        }
    }

    TrainingStep(Work work) {
        manager = Torch.open(work.device());
        PatchTarget target =
                new PatchTarget(new ReconstructionTarget.Pixel(), work.model().patchValues(work.channels()));
        StageRandom random = new StageRandom(work.seed());
        mae = new MaskedAutoencoder(
                manager,
                work.model(),
                work.recipe(),
                target,
                work.precision(),
                work.recipe().schedule().microBatch());
        weights = Weights.initialise(
                manager,
                MaskedAutoencoder.layout(work.model(), work.recipe(), work.channels(), target),
                random,
                Purpose.INITIALISATION);
        adam = work.optimiser() ? Optional.of(adam(work)) : Optional.empty();
        gradients = adam.map(AdamW::gradients).orElseGet(() -> Weights.zeros(manager, weights.specs()));
        images = noise(work, random);
        shuffle = shuffle(work, random);
    }

    private AdamW adam(Work work) {
        var settings = work.recipe().adam();
        return new AdamW(
                manager, settings, weights, ParameterGroups.pretraining(weights.specs(), settings.weightDecay()));
    }

    /** Gaussian pixels, [N, C, S, S]. */
    private NDArray noise(Work work, StageRandom random) {
        int size = work.model().imageSize();
        RandomGenerator draws = random.at(Purpose.NOISE, 0, 0);
        float[] values = new float[work.images() * work.channels() * size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.nextGaussian();
        }
        return manager.create(values, new Shape(work.images(), work.channels(), size, size));
    }

    private NDArray shuffle(Work work, StageRandom random) {
        MaskBatch masks = MaskBatch.draw(
                new MaskSampling.Random(),
                work.model().gridSize(),
                work.recipe().maskRatio(),
                random,
                0,
                IntStream.range(0, work.images()).toArray());
        return mae.shuffle(manager, masks.shuffle());
    }

    /** Does one step and returns its loss. */
    @Override
    public double run() {
        steps++;
        try (NDManager scope = manager.newSubManager()) {
            images.tempAttach(scope); // What the step returns belongs to the manager of its images.
            NDArray loss = mae.accumulate(images, shuffle, 1, weights, gradients);
            adam.ifPresent(a -> a.step(steps, RATE));
            return HostCopy.floats(loss)[0];
        }
    }

    @Override
    public void close() {
        adam.ifPresent(AdamW::close);
        mae.close();
        manager.close();
    }
}
