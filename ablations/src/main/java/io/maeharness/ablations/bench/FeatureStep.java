package io.maeharness.ablations.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.FeatureExtractor;
import io.maeharness.core.model.FrozenLeaves;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import java.util.random.RandomGenerator;

/**
 * Frozen features of a batch, from pixels in a Java array to class tokens in one, as linear probing and nearest
 * neighbours compute them.
 */
final class FeatureStep implements TimedStep {
    private static final long SEED = 1;

    private final NDManager manager;
    private final FeatureExtractor extractor;
    private final FrozenLeaves leaves;
    private final float[] pixels;
    private final Shape shape;

    FeatureStep(SpeedSubject subject) {
        manager = Torch.open("cpu");
        StageRandom random = new StageRandom(SEED);
        extractor = new FeatureExtractor(manager, subject.model(), subject.precision(), EncoderForm.PLAIN, Pooling.CLS);
        leaves = extractor.leaves(Weights.initialise(
                manager,
                Layout.encoder(subject.model(), subject.channels(), EncoderForm.PLAIN),
                random,
                Purpose.INITIALISATION));
        int size = subject.model().imageSize();
        shape = new Shape(subject.batch(), subject.channels(), size, size);
        RandomGenerator draws = random.at(Purpose.NOISE, 0, 0);
        pixels = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) draws.nextGaussian();
        }
    }

    @Override
    public double run() {
        try (NDManager scope = manager.newSubManager()) {
            NDArray images = scope.create(pixels, shape);
            return extractor.features(images, leaves).toFloatArray()[0];
        }
    }

    @Override
    public void close() {
        leaves.close();
        extractor.close();
        manager.close();
    }
}
