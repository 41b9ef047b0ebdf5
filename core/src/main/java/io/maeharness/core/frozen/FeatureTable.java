package io.maeharness.core.frozen;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.model.FeatureExtractor;
import io.maeharness.core.model.FrozenLeaves;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.Evaluation;
import io.maeharness.core.train.FiniteRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Frozen features of data sets: of a pre-trained encoder or of random weights. */
final class FeatureTable implements AutoCloseable {
    private final StageData data;
    private final StageRandom random;
    private final List<FeatureExtractor> extractors = new ArrayList<>();
    private final List<FrozenLeaves> frozen = new ArrayList<>();
    private final List<UnaryOperator<NDArray>> functions = new ArrayList<>();
    private final Evaluation evaluation;
    private final int width;

    /**
     * Prepares the encoder of a stage.
     *
     * @param encoder where the weights come from
     * @param pretrained weights by name; empty draws random ones from the stage's seed
     * @param pooling what a feature is
     */
    FeatureTable(
            Stage stage,
            Optional<EncoderStage> encoder,
            Optional<Map<String, NDArray>> pretrained,
            Pooling pooling,
            StageContext context) {
        data = context.data();
        random = new StageRandom(stage.seed());
        evaluation = Evaluation.of(context, stage);
        width = stage.model().encoderDim();
        EncoderForm form = encoder.map(EncoderStage::form).orElse(EncoderForm.PLAIN);
        List<ParameterSpec> specs = Layout.encoder(stage.model(), data.train().channels(), form);
        for (NDManager device : evaluation.devices()) {
            FeatureExtractor extractor = new FeatureExtractor(device, stage.model(), stage.precision(), form, pooling);
            Weights weights = pretrained
                    .map(found -> Weights.of(device, specs, found))
                    .orElseGet(() -> Weights.initialise(device, specs, random, Purpose.INITIALISATION));
            FrozenLeaves leaves = extractor.leaves(weights);
            weights.arrays().forEach(NDArray::close); // no pass reads them
            extractors.add(extractor);
            frozen.add(leaves);
            functions.add(images -> extractor.features(images, leaves));
        }
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
        int[] done = {0};
        evaluation.run(
                dataset, samples, transform, data.statistics(), random, epoch, functions, (features, labels, count) -> {
                    for (int i = 0; i < count; i++) {
                        FiniteRow.require(
                                features,
                                i * width,
                                width,
                                "the encoder",
                                "feature",
                                dataset.name(),
                                samples[done[0]++]);
                    }
                    System.arraycopy(features, 0, all, at[0], count * width);
                    at[0] += count * width;
                });
        return all;
    }

    @Override
    public void close() {
        frozen.forEach(FrozenLeaves::close);
        extractors.forEach(FeatureExtractor::close);
    }
}
