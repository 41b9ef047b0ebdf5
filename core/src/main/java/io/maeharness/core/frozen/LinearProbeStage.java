package io.maeharness.core.frozen;

import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.ProbeRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.model.BlockStack;
import io.maeharness.core.model.Flops;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.model.TransformerWork;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.LeftNetwork;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageInputs;
import io.maeharness.core.stage.StageKind;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.Workload;
import io.maeharness.core.train.Accuracy;
import io.maeharness.core.train.Evaluation;
import io.maeharness.core.train.TrainingLoop;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A linear classifier on frozen features; yields {@code top1}, {@code top5} (percent) and {@code loss}.
 *
 * @param encoder the pre-training to probe; empty probes random weights
 */
@StageKind(name = "linear-probe", version = LinearProbeStage.VERSION)
public record LinearProbeStage(
        int version,
        DataIdentity data,
        ModelSettings model,
        Optional<EncoderStage> encoder,
        ProbeRecipe recipe,
        long seed,
        Precision precision)
        implements Stage {
    /** 2: computes in the engine's own memory; whole splits without padding. */
    static final int VERSION = 2;

    /** A probe of an encoder. */
    public static LinearProbeStage of(StageInputs inputs, EncoderStage encoder) {
        return of(inputs, encoder.model(), Optional.of(encoder));
    }

    /** A probe of random weights. */
    public static LinearProbeStage ofRandomWeights(StageInputs inputs) {
        return of(inputs, inputs.encoderOnly(), Optional.empty());
    }

    private static LinearProbeStage of(StageInputs inputs, ModelSettings model, Optional<EncoderStage> encoder) {
        return new LinearProbeStage(
                VERSION, inputs.data(), model, encoder, inputs.settings().probe(), inputs.seed(), inputs.precision());
    }

    @Override
    public Optional<Stage> parent() {
        return encoder.map(e -> e);
    }

    @Override
    public List<String> metrics() {
        return List.of("top1", "top5", "loss");
    }

    @Override
    public Optional<LeftNetwork> network() {
        EncoderForm form = encoder.map(EncoderStage::form).orElse(EncoderForm.PLAIN);
        return Optional.of(LeftNetwork.linearProbe(form, recipe.pooling()));
    }

    @Override
    public double macs(ImageFacts images) {
        return Flops.classifierMacs(model, images.channels(), images.classes())
                * (features(images) + images.evaluationImages());
    }

    /** Training images whose features are computed: each cached view once, or a fresh one every epoch. */
    private double features(ImageFacts images) {
        Schedule schedule = recipe.schedule();
        int trainImages = images.trainImages();
        int cached = recipe.cachedViews();
        double epochs = Math.ceil((double) schedule.totalSteps(trainImages) / schedule.stepsPerEpoch(trainImages));
        return cached > 0 ? trainImages * Math.min(cached, epochs) : images.seen(schedule);
    }

    /** The linear layer is left out. */
    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        double all = features(images) + images.evaluationImages();
        return List.of(TransformerWork.forward(precision, BlockStack.encoder(model))
                .forward(
                        all,
                        Evaluation.imagesAtOnce(model.imageSize(), true),
                        Flops.classifierMacs(model, images.channels(), images.classes()),
                        Workload.Host.views(all, model.pixels())));
    }

    @Override
    public double bytes(int channels, int microBatch) {
        return TrainingMemory.frozen(model, channels);
    }

    @Override
    public StageOutcome compute(StageContext context) {
        FeatureTable table =
                new FeatureTable(this, encoder, encoder.map(context::weightsOf), recipe.pooling(), context);
        try (Probing probing = new Probing(this, context.data(), table, context.manager())) {
            TrainingLoop loop = TrainingLoop.of(context, this, recipe.schedule(), probing.order());
            TrainingLoop.Finished finished = loop.run(context.manager(), probing);
            loop.evaluating(probing, finished);
            Accuracy accuracy = probing.evaluate();
            FinishedWeights.write(context.directoryOf(this), probing.headByName());
            return finished.outcome(accuracy.metrics(finished.meanLoss()), probing.convergence())
                    .withCorrect(Map.of("top1", accuracy.correct()))
                    .withDraws(probing.draws());
        }
    }
}
