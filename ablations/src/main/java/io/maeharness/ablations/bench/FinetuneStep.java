package io.maeharness.ablations.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Classifier;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A step of fine-tuning to be timed: forward, backward and AdamW of all blocks, on noise that is already in memory. */
final class FinetuneStep implements TimedStep {
    /** Classes of the head: its work is nothing beside that of the encoder. */
    static final int CLASSES = 10;

    private static final long SEED = 1;
    private static final double RATE = 1e-4;

    private final NDManager manager;
    private final Classifier classifier;
    private final Weights weights;
    private final AdamW adam;
    private final NDArray images;
    private final NDArray targets;
    private long steps;

    FinetuneStep(SpeedSubject subject) {
        manager = Torch.open("cpu");
        StageRandom random = new StageRandom(SEED);
        weights = Weights.initialise(
                manager,
                Layout.classifier(subject.model(), subject.channels(), CLASSES, EncoderForm.PLAIN),
                random,
                Purpose.INITIALISATION);
        classifier = new Classifier(
                manager, subject.model(), subject.precision(), EncoderForm.PLAIN, subject.batch(), spec -> true);
        AdamSettings settings = subject.recipe().adam();
        adam = new AdamW(
                manager,
                settings,
                weights,
                ParameterGroups.supervised(weights.specs(), subject.model().encoderDepth(), 1, settings.weightDecay()));
        images = noise(subject, random);
        targets = uniform(subject.batch());
    }

    /** Gaussian pixels, [N, C, S, S]. */
    private NDArray noise(SpeedSubject subject, StageRandom random) {
        int size = subject.model().imageSize();
        Shape shape = new Shape(subject.batch(), subject.channels(), size, size);
        RandomGenerator draws = random.at(Purpose.NOISE, 0, 0);
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.nextGaussian();
        }
        return manager.create(values, shape);
    }

    /** Every class is as likely, [N, classes]. */
    private NDArray uniform(int batch) {
        float[] values = new float[batch * CLASSES];
        Arrays.fill(values, 1f / CLASSES);
        return manager.create(values, new Shape(batch, CLASSES));
    }

    /** Does one step and returns its loss. */
    @Override
    public double run() {
        steps++;
        try (NDManager scope = manager.newSubManager()) {
            images.tempAttach(scope); // What the step returns belongs to the manager of its images.
            NDArray loss = classifier.accumulate(images, targets, Optional.empty(), 1, weights, adam.gradients());
            adam.step(steps, RATE);
            return HostCopy.floats(loss)[0];
        }
    }

    @Override
    public void close() {
        adam.close();
        classifier.close();
        manager.close();
    }
}
