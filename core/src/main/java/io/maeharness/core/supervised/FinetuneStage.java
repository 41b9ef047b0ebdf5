package io.maeharness.core.supervised;

import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.model.BlockStack;
import io.maeharness.core.model.Flops;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.model.TransformerWork;
import io.maeharness.core.optim.ParameterGroups;
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
import io.maeharness.core.train.DataParallel;
import io.maeharness.core.train.Evaluation;
import io.maeharness.core.train.TrainingLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Training with labels, evaluated once after the last epoch; yields {@code top1}, {@code top5} (percent) and {@code loss}.
 * With a weight average these are the average's, and {@code top1-without-ema} is that of the weights themselves.
 *
 * @param encoder the pre-training to start from; empty trains from scratch
 * @param tunedBlocks how many of the last encoder blocks are trained; -1 trains everything, 0.5 trains the MLP half of the
 *     last block; the norm before the head and the head are always trained
 */
@StageKind(name = "finetune", version = FinetuneStage.VERSION)
public record FinetuneStage(
        int version,
        DataIdentity data,
        ModelSettings model,
        Optional<EncoderStage> encoder,
        SupervisedRecipe recipe,
        double tunedBlocks,
        long seed,
        Precision precision)
        implements Stage {
    /** 2: first weights are drawn by name, flips before crops; whole splits without padding. */
    static final int VERSION = 2;

    private static final double EVERYTHING = -1;
    private static final String TOP1 = "top1";
    private static final String WITHOUT_EMA = "top1-without-ema";

    /** End-to-end fine-tuning of an encoder, at an input size that may be another than that of its pre-training. */
    public static FinetuneStage of(StageInputs inputs, EncoderStage encoder, ModelSettings model) {
        return of(inputs, encoder, model, EVERYTHING);
    }

    /**
     * Fine-tuning of an encoder's last blocks.
     *
     * @param tunedBlocks encoder blocks trained; 0.5 is the MLP half of the last one, all of them trains everything
     */
    public static FinetuneStage of(StageInputs inputs, EncoderStage encoder, double tunedBlocks) {
        boolean all = tunedBlocks >= encoder.model().encoderDepth();
        return of(inputs, encoder, encoder.model(), all ? EVERYTHING : tunedBlocks);
    }

    private static FinetuneStage of(StageInputs inputs, EncoderStage encoder, ModelSettings model, double tunedBlocks) {
        return new FinetuneStage(
                VERSION,
                inputs.data(),
                model,
                Optional.of(encoder),
                inputs.settings().finetune(),
                tunedBlocks,
                inputs.seed(),
                inputs.precision());
    }

    /** Training from random weights. */
    public static FinetuneStage fromScratch(StageInputs inputs, SupervisedRecipe recipe) {
        return new FinetuneStage(
                VERSION,
                inputs.data(),
                inputs.encoderOnly(),
                Optional.empty(),
                recipe,
                EVERYTHING,
                inputs.seed(),
                inputs.precision());
    }

    @Override
    public Optional<Stage> parent() {
        return encoder.map(e -> e);
    }

    @Override
    public List<String> metrics() {
        return averages() ? List.of(TOP1, "top5", "loss", WITHOUT_EMA) : List.of(TOP1, "top5", "loss");
    }

    private boolean averages() {
        return recipe.adam().emaDecay() > 0;
    }

    @Override
    public Optional<LeftNetwork> network() {
        return Optional.of(LeftNetwork.fineTuned(form()));
    }

    /** What the encoder's positions and residual branches are. */
    EncoderForm form() {
        return encoder.map(EncoderStage::form).orElse(EncoderForm.PLAIN);
    }

    /** Forward through all blocks, backward through those that are trained. */
    @Override
    public double macs(ImageFacts images) {
        double training = timesOfForward() * images.seen(recipe.schedule());
        return Flops.classifierMacs(model, images.channels(), images.classes())
                * (training + images.evaluationImages());
    }

    /** What an image costs over a forward pass. */
    private double timesOfForward() {
        return 1 + (Flops.TRAINED - 1) * tunedShare();
    }

    private double tunedShare() {
        return tunedBlocks < 0 ? 1 : Math.min(1, tunedBlocks / model.encoderDepth());
    }

    /** With an average of the weights, both are evaluated. */
    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        double forward = Flops.classifierMacs(model, images.channels(), images.classes());
        BlockStack encoder = BlockStack.encoder(model);
        double tuned = tunedShare() * model.encoderDepth();
        Workload training = TransformerWork.training(
                        precision,
                        List.of(encoder.blocks(tuned)),
                        List.of(encoder.blocks(model.encoderDepth() - tuned)))
                .training(
                        recipe.schedule(),
                        images,
                        microBatch,
                        timesOfForward() * forward,
                        Workload.Host.views(images.seen(recipe.schedule()), model.pixels()));
        double evaluated = images.evaluationImages() * (averages() ? 2.0 : 1.0);
        return List.of(
                training,
                TransformerWork.forward(precision, encoder)
                        .forward(
                                evaluated,
                                Evaluation.imagesAtOnce(model.imageSize(), true),
                                forward,
                                Workload.Host.views(evaluated, model.pixels())));
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.of(recipe.schedule());
    }

    @Override
    public double bytes(int channels, int microBatch) {
        return TrainingMemory.finetuning(model, channels, microBatch, precision)
                + TrainingMemory.sums(model, channels, recipe.schedule());
    }

    @Override
    public StageOutcome compute(StageContext context) {
        try (DataParallel<Finetuning> devices = DataParallel.of(
                context,
                this,
                recipe.schedule(),
                device -> new Finetuning(this, context.data(), encoder.map(context::weightsOf), device))) {
            Finetuning finetuning = devices.first();
            TrainingLoop loop = TrainingLoop.of(context, this, recipe.schedule(), finetuning.order());
            TrainingLoop.Finished finished = loop.run(context.manager(), devices);
            loop.evaluating(devices, finished);
            Accuracy accuracy = Finetuning.evaluate(devices.all(), Evaluation.of(context, this));
            Map<String, Double> metrics = new LinkedHashMap<>(accuracy.metrics(finished.meanLoss()));
            Map<String, String> correct = new LinkedHashMap<>(Map.of(TOP1, accuracy.correct()));
            if (averages()) {
                Accuracy without = Finetuning.evaluateWithoutAverage(devices.all(), Evaluation.of(context, this));
                metrics.put(WITHOUT_EMA, without.top1());
                correct.put(WITHOUT_EMA, without.correct());
            }
            FinishedWeights.write(
                    context.directoryOf(this), finetuning.evaluated().byName());
            return finished.outcome(metrics, devices.with(Map.of()))
                    .withCorrect(correct)
                    .withDraws(finetuning.draws());
        }
    }

    /** Whether a parameter of {@code Layout.classifier} is trained. Source: paper, figure 9 and section 4.3. */
    boolean trains(ParameterSpec spec) {
        String name = spec.name();
        if (name.startsWith("norm.")) {
            return false; // The head has a norm of its own; the encoder's is not applied.
        }
        if (tunedBlocks < 0 || name.startsWith("head.") || name.startsWith("fc_norm.")) {
            return true;
        }
        int depth = model.encoderDepth();
        int fromTheEnd = depth - ParameterGroups.layer(name, depth);
        if (fromTheEnd < (int) tunedBlocks) {
            return true;
        }
        boolean half = tunedBlocks - (int) tunedBlocks > 0 && fromTheEnd == (int) tunedBlocks;
        return half && (name.contains(".mlp.") || name.contains(".norm2."));
    }
}
