package io.maeharness.core.frozen;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.KnnRecipe;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.model.BlockStack;
import io.maeharness.core.model.Flops;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.model.TransformerWork;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.stage.StageInputs;
import io.maeharness.core.stage.StageKind;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.Workload;
import io.maeharness.core.train.Accuracy;
import io.maeharness.core.train.Evaluation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nearest neighbours on frozen features; yields {@code top1} (percent).
 *
 * <p>With a snapshot, the encoder is taken as it was after that part of its pre-training.
 *
 * @param encoder the pre-training that makes the features; empty takes random weights
 * @param rawPixels compare the standardised pixels themselves instead of features ({@code encoder} is then empty)
 * @param snapshot percent of the pre-training after which the encoder is taken; empty takes the finished one
 */
@StageKind(name = "knn", version = KnnStage.VERSION)
public record KnnStage(
        int version,
        DataIdentity data,
        ModelSettings model,
        Optional<EncoderStage> encoder,
        boolean rawPixels,
        KnnRecipe recipe,
        long seed,
        Precision precision,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> snapshot)
        implements Stage {
    /** 2: whole splits without padding. */
    static final int VERSION = 2;

    /** Bytes that a similarity moves: written once, read by the search for the largest. */
    private static final double SIMILARITY_BYTES = 2 * Float.BYTES;

    /** Nearest neighbours on the features of the finished encoder. */
    public KnnStage(
            int version,
            DataIdentity data,
            ModelSettings model,
            Optional<EncoderStage> encoder,
            boolean rawPixels,
            KnnRecipe recipe,
            long seed,
            Precision precision) {
        this(version, data, model, encoder, rawPixels, recipe, seed, precision, Optional.empty());
    }

    /** On the features of a finished encoder. */
    public static KnnStage of(StageInputs inputs, EncoderStage encoder) {
        return of(inputs, encoder.model(), Optional.of(encoder), Optional.empty());
    }

    /**
     * On the features of an encoder as it was after a part of its pre-training.
     *
     * @param percent 25, 50 or 75
     */
    public static KnnStage after(StageInputs inputs, EncoderStage encoder, int percent) {
        return of(inputs, encoder.model(), Optional.of(encoder), Optional.of(percent));
    }

    /** On the features of random weights. */
    public static KnnStage ofRandomWeights(StageInputs inputs) {
        return of(inputs, inputs.encoderOnly(), Optional.empty(), Optional.empty());
    }

    /** On the pixels themselves: the same stage for all seeds and architectures. */
    public static KnnStage ofPixels(StageInputs inputs) {
        return new KnnStage(
                VERSION,
                inputs.data(),
                inputs.imageOnly(),
                Optional.empty(),
                true,
                inputs.settings().knn(),
                0,
                inputs.precision(),
                Optional.empty());
    }

    private static KnnStage of(
            StageInputs inputs, ModelSettings model, Optional<EncoderStage> encoder, Optional<Integer> snapshot) {
        return new KnnStage(
                VERSION,
                inputs.data(),
                model,
                encoder,
                false,
                inputs.settings().knn(),
                inputs.seed(),
                inputs.precision(),
                snapshot);
    }

    @Override
    public Optional<Stage> parent() {
        return encoder.map(e -> e);
    }

    @Override
    public Optional<Path> startsFrom(Path stages) {
        return snapshot.isEmpty()
                ? Stage.super.startsFrom(stages)
                : encoder.map(from -> from.leaves(stages).resolveSibling(FinishedWeights.snapshotFile(snapshot.get())));
    }

    @Override
    public List<String> metrics() {
        return List.of("top1");
    }

    /** Features of all images, and the similarity of every evaluated one to every training one. */
    @Override
    public double macs(ImageFacts images) {
        double all = (double) images.trainImages() + images.evaluationImages();
        double width =
                rawPixels ? (double) model.imageSize() * model.imageSize() * images.channels() : model.encoderDim();
        double features = rawPixels ? 0 : all * Flops.classifierMacs(model, images.channels(), images.classes());
        return features + (double) images.trainImages() * images.evaluationImages() * width;
    }

    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        double all = (double) images.trainImages() + images.evaluationImages();
        double ofFeatures = rawPixels ? 0 : all * Flops.classifierMacs(model, images.channels(), images.classes());
        Workload.Host views = Workload.Host.views(all, model.pixels());
        Workload features = rawPixels
                ? new Workload(Workload.Device.NONE, views)
                : TransformerWork.forward(precision, BlockStack.encoder(model))
                        .forward(all, Evaluation.imagesAtOnce(model.imageSize(), true), ofFeatures / all, views);
        double similarities = (double) images.trainImages() * images.evaluationImages();
        return List.of(
                features,
                new Workload(
                        new Workload.Device(macs(images) - ofFeatures, SIMILARITY_BYTES * similarities, 0),
                        Workload.Host.NONE));
    }

    @Override
    public double bytes(int channels, int microBatch) {
        return TrainingMemory.frozen(model, channels);
    }

    @Override
    public StageOutcome compute(StageContext context) {
        context.environment().progress().phase("computing features");
        Accuracy accuracy = rawPixels ? ofPixels(context) : ofFeatures(context);
        return StageOutcome.of(Map.of("top1", accuracy.top1())).withCorrect(Map.of("top1", accuracy.correct()));
    }

    private Accuracy ofPixels(StageContext context) {
        StageData data = context.data();
        RawPixels pixels = new RawPixels(data, model.imageSize());
        ImageDataset bank = NearestNeighbours.bank(data.train());
        return new NearestNeighbours(context.manager(), recipe)
                .evaluate(pixels.of(bank), bank, pixels.of(data.held()), data.held(), pixels.width());
    }

    private Accuracy ofFeatures(StageContext context) {
        StageData data = context.data();
        try (FeatureTable table = new FeatureTable(this, encoder, weights(context), recipe.pooling(), context)) {
            ImageDataset bank = NearestNeighbours.bank(data.train());
            float[] known = table.of(bank, new EvaluationTransform(), 0);
            float[] asked = table.of(data.held(), new EvaluationTransform(), 0);
            return new NearestNeighbours(context.manager(), recipe)
                    .evaluate(known, bank, asked, data.held(), table.width());
        }
    }

    private Optional<Map<String, NDArray>> weights(StageContext context) {
        return encoder.map(from -> snapshot.map(
                        percent -> FinishedWeights.readSnapshot(context.manager(), context.directoryOf(from), percent))
                .orElseGet(() -> context.weightsOf(from)));
    }
}
