package io.maeharness.ablations.stages;

import io.maeharness.ablations.bench.FittingBatch;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.model.Flops;
import io.maeharness.core.model.TokenizerWork;
import io.maeharness.core.model.TrainingWork;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.stage.WallClock;
import java.util.stream.Stream;

/**
 * How much a stage has to compute: multiply-accumulates, forward and backward, counted from its configuration. The
 * backward pass counts twice the forward pass.
 */
public final class StageWork {
    private static final double TRAINING = Flops.TRAINING_FLOPS_PER_MAC / 2.0;

    private StageWork() {}

    /** Multiply-accumulates of the whole stage. */
    public static double macs(Stage stage, ImageFacts images) {
        double forward = Flops.classifierMacs(stage.model(), images.channels(), images.classes());
        if (stage instanceof EncoderStage encoder) {
            return TrainingWork.macsOfImage(encoder, images.channels()) * imagesSeen(encoder, images);
        }
        if (stage instanceof Stage.Finetune finetune) {
            return forward
                    * (trainingShare(finetune) * imagesSeen(finetune.recipe().schedule(), images)
                            + images.evaluationImages());
        }
        if (stage instanceof Stage.LinearProbe probe) {
            return forward * (featuresOf(probe, images) + images.evaluationImages());
        }
        if (stage instanceof WallClock timed) {
            return timedMacs(timed);
        }
        if (stage instanceof Stage.Reconstruct reconstruct) {
            return TrainingWork.macsOfImage(reconstruct.encoder(), images.channels()) / TRAINING * reconstruct.images();
        }
        if (stage instanceof TokenizerStage tokenizer) {
            return tokenizerMacs(tokenizer, images);
        }
        return neighbourMacs((Stage.Knn) stage, images, forward);
    }

    private static double tokenizerMacs(TokenizerStage stage, ImageFacts images) {
        double trained = stage instanceof TokenizerStage.Trained tokenizer
                ? imagesSeen(tokenizer.recipe().schedule(), images)
                : 0;
        return TokenizerWork.trainingMacs(stage, images.channels()) * trained
                + TokenizerWork.encoderMacs(stage, images.channels()) * images.evaluationImages();
    }

    /** Images a pre-training sees; 0 for a model that was trained elsewhere. */
    public static double imagesSeen(EncoderStage stage, ImageFacts images) {
        return stage.schedule().map(schedule -> imagesSeen(schedule, images)).orElse(0.0);
    }

    /** The least that has to be done: a round for warming up and a measured one in every process. */
    private static double timedMacs(WallClock stage) {
        double image = Stream.of(WallClock.Variant.values())
                .mapToDouble(variant -> TrainingWork.macsOfImage(stage, variant))
                .sum();
        return 2.0 * stage.blocks() * image * (stage.batch() == 0 ? FittingBatch.most(stage) : stage.batch());
    }

    private static double imagesSeen(Schedule schedule, ImageFacts images) {
        return (double) schedule.totalSteps(images.trainImages()) * schedule.imagesPerStep(images.trainImages());
    }

    /** Training images whose features a probe computes: each cached view once, or a fresh one every epoch. */
    private static double featuresOf(Stage.LinearProbe stage, ImageFacts images) {
        Schedule schedule = stage.recipe().schedule();
        int trainImages = images.trainImages();
        int cached = stage.recipe().cachedViews();
        double epochs = Math.ceil((double) schedule.totalSteps(trainImages) / schedule.stepsPerEpoch(trainImages));
        return cached > 0 ? trainImages * Math.min(cached, epochs) : imagesSeen(schedule, images);
    }

    /** Forward through all blocks, backward through those that are trained. */
    private static double trainingShare(Stage.Finetune stage) {
        double tuned = stage.tunedBlocks() < 0
                ? 1
                : Math.min(1, stage.tunedBlocks() / stage.model().encoderDepth());
        return 1 + (TRAINING - 1) * tuned;
    }

    /** Features of all images, and the similarity of every evaluated one to every training one. */
    private static double neighbourMacs(Stage.Knn stage, ImageFacts images, double forward) {
        ModelSettings model = stage.model();
        double all = (double) images.trainImages() + images.evaluationImages();
        double width = stage.rawPixels()
                ? (double) model.imageSize() * model.imageSize() * images.channels()
                : model.encoderDim();
        double features = stage.rawPixels() ? 0 : all * forward;
        return features + (double) images.trainImages() * images.evaluationImages() * width;
    }
}
