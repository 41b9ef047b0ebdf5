package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.model.FeatureExtractor;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Frozen features of data sets: of a pre-trained encoder or of random weights. */
final class FeatureTable implements AutoCloseable {
    private final StageData data;
    private final StageRandom random;
    private final FeatureExtractor extractor;
    private final Weights weights;
    private final Evaluation evaluation;
    private final int width;

    /**
     * Prepares the encoder.
     *
     * @param form kind of the encoder's positions and residual branches
     * @param pretrained weights by name; empty draws random ones from the seed
     * @param pooling {@code cls} or {@code gap}
     */
    FeatureTable(
            NDManager manager,
            ModelSettings model,
            Precision precision,
            String pooling,
            StageData data,
            EncoderForm form,
            Optional<Map<String, NDArray>> pretrained,
            StageRandom random,
            Evaluation evaluation) {
        this.data = data;
        this.random = random;
        this.evaluation = evaluation;
        width = model.encoderDim();
        extractor = new FeatureExtractor(manager, model, precision, form, pooling);
        List<ParameterSpec> specs = Layout.encoder(model, data.train().channels(), form);
        weights = pretrained
                .map(found -> Weights.of(manager, specs, found))
                .orElseGet(() -> Weights.initialise(manager, specs, random, Purpose.INITIALISATION));
    }

    /** Width D of a feature. */
    int width() {
        return width;
    }

    /** Features [size, D] of a data set, with the draws of an epoch where the transform is random. */
    float[] of(ImageDataset dataset, SampleTransform transform, long epoch) {
        return of(dataset, IntStream.range(0, dataset.size()).toArray(), transform, epoch);
    }

    /** Features [samples, D] of some images of a data set. */
    float[] of(ImageDataset dataset, int[] samples, SampleTransform transform, long epoch) {
        float[] all = new float[Math.multiplyExact(samples.length, width)];
        int[] at = {0};
        evaluation.run(
                dataset,
                samples,
                transform,
                data.statistics(),
                random,
                epoch,
                batch -> extractor.features(batch, weights),
                (features, labels, count) -> {
                    System.arraycopy(features, 0, all, at[0], count * width);
                    at[0] += count * width;
                });
        return all;
    }

    @Override
    public void close() {
        extractor.close();
    }
}
