package io.maeharness.baselines.tokenizer;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.DeviceTokens;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.PatchTokens;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageInputs;
import io.maeharness.core.stage.StageKind;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.stage.Workload;
import io.maeharness.core.train.DataParallel;
import io.maeharness.core.train.TrainingLoop;
import io.maeharness.interop.onnx.TokenizerExport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A discrete VAE trained on the same images; yields {@code loss} and, on held images, {@code reconstruction} (mean squared
 * error of a standardised pixel), {@code divergence} from the uniform distribution of words (nats), {@code usage} (percent
 * of the words that occur) and their {@code perplexity}. Source: Ramesh et al., arXiv 2102.12092.
 *
 * <p>It is measured on held images, draws what it does and exports its encoder to ONNX, which is what later stages run.
 *
 * @param model its image and patch size are used
 */
@StageKind(name = "tokenizer", version = TrainedTokenizerStage.VERSION)
public record TrainedTokenizerStage(
        int version, DataIdentity data, ModelSettings model, TokenizerRecipe recipe, long seed, Precision precision)
        implements TokenizerStage {
    /** 2: first weights are drawn by name, flips before crops; whole splits without padding. */
    static final int VERSION = 2;

    /**
     * The tokenizer of a case: one for all sizes of the encoder, in fp32 whatever the precision of the others, as it is run
     * in ONNX Runtime.
     */
    public static TrainedTokenizerStage of(StageInputs inputs) {
        return new TrainedTokenizerStage(
                VERSION,
                inputs.data(),
                inputs.patchesOnly(),
                inputs.settings().recipe(TokenizerRecipe.class),
                inputs.seed(),
                Precision.FP32);
    }

    @Override
    public int vocabulary() {
        return recipe.vocabulary();
    }

    @Override
    public int wordsPerPatch() {
        return recipe.wordsPerPatch();
    }

    @Override
    public String trainedOn() {
        return data.settings().dataset().key();
    }

    @Override
    public List<String> metrics() {
        return List.of("loss", "reconstruction", "divergence", "usage", "perplexity");
    }

    @Override
    public String caption(String file, Map<String, Double> values) {
        return new TokenizerCaptions(this, values).of(file);
    }

    @Override
    public Path leaves(Path stages) {
        return stages.resolve(StageHash.of(this)).resolve(TokenizerFile.NAME);
    }

    @Override
    public double macsOfWords(int channels) {
        return TokenizerWork.encoderMacs(recipe, model, channels);
    }

    @Override
    public Workload.Device wordsOnGpu(double pictures, int channels) {
        double batches = Math.ceil(pictures / EngineTokens.atOnce(this));
        return TokenizerWork.words(recipe, model, channels, pictures, batches);
    }

    @Override
    public double macs(ImageFacts images) {
        return TokenizerWork.trainingMacs(recipe, model, images.channels()) * images.seen(recipe.schedule())
                + macsOfWords(images.channels()) * images.evaluationImages();
    }

    /** Every value that is kept for the backward pass is written, read and met by a gradient; noise comes from the processor. */
    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        double seen = images.seen(recipe.schedule());
        double steps = recipe.schedule().totalSteps(images.trainImages());
        double microBatches =
                steps * Math.ceil((double) recipe.schedule().imagesPerStep(images.trainImages()) / microBatch);
        double scores = (double) model.numPatches() * wordsPerPatch() * vocabulary();
        Workload.Host views = Workload.Host.views(seen, model.pixels());
        double macs = TokenizerWork.trainingMacs(recipe, model, images.channels()) * seen;
        Workload.Device training = new Workload.Device(
                macs,
                seen * TokenizerWork.TIMES_MOVED * TokenizerWork.activationBytes(recipe, model),
                microBatches * TokenizerWork.LAUNCHES);
        int held = images.evaluationImages();
        return List.of(
                new Workload(
                        training,
                        new Workload.Host(views.pictures(), views.pixels(), 0, seen * scores),
                        recipe.schedule().shards(),
                        0),
                new Workload(
                        new Workload.Device(macsOfWords(images.channels()) * held, 0, 0),
                        Workload.Host.views(held, model.pixels())));
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.of(recipe.schedule());
    }

    @Override
    public double bytes(int channels, int microBatch) {
        return TrainingMemory.ENGINE + TokenizerWork.activationBytes(recipe, model) * microBatch;
    }

    @Override
    public StageOutcome compute(StageContext context) {
        context.data().requireValidation();
        try (DataParallel<TokenizerTraining> devices = DataParallel.of(
                context, this, recipe.schedule(), device -> new TokenizerTraining(this, context.data(), device))) {
            TokenizerTraining training = devices.first();
            TrainingLoop loop = TrainingLoop.of(context, this, recipe.schedule(), training.order());
            TrainingLoop.Finished finished = loop.run(context.manager(), devices);
            loop.evaluating(devices, finished);
            TokenizerEvaluation held = new TokenizerEvaluation(this, context, training.vae(), training.weights());
            draw(context, training, held);
            Map<String, Double> metrics = metrics(finished, held);
            export(context, training);
            FinishedWeights.write(context.directoryOf(this), training.weights().byName());
            return finished.outcome(metrics, devices.with(Map.of("tokenizer trained on", trainedOn())));
        }
    }

    private static Map<String, Double> metrics(TrainingLoop.Finished finished, TokenizerEvaluation held) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", finished.meanLoss());
        metrics.put("reconstruction", held.reconstruction());
        metrics.put("divergence", held.divergence());
        metrics.put("usage", held.usage().usedPercent());
        metrics.put("perplexity", held.usage().perplexity());
        return metrics;
    }

    private void draw(StageContext context, TokenizerTraining training, TokenizerEvaluation held) {
        TokenizerPictures pictures = new TokenizerPictures(this, context, training.vae(), training.weights());
        pictures.reconstructions(context.directoryOf(this).resolve(TokenizerPictures.RECONSTRUCTION));
        pictures.codebook(context.directoryOf(this).resolve(TokenizerPictures.CODEBOOK), held.usage());
    }

    private void export(StageContext context, TokenizerTraining training) {
        TokenizerExport.write(
                TokenizerFile.of(this, context),
                recipe.network(),
                context.data().train().channels(),
                recipe.pictureSize(model),
                training.weights().byName(),
                "tokenizer " + version,
                Map.of(
                        "kind",
                        kind(),
                        "stage",
                        StageHash.of(this),
                        "dataset",
                        trainedOn(),
                        "pixels",
                        PixelMapping.STANDARDISED.key(),
                        "mean",
                        context.data().statistics().mean().toString(),
                        "std",
                        context.data().statistics().deviation().toString()));
    }

    /** A GPU computes the words of what it trains itself. */
    @Override
    public boolean usesOnnxRuntime(boolean gpu) {
        return !gpu;
    }

    @Override
    public DeviceTokens openOn(NDManager device, StageContext context) {
        return new EngineTokens(this, context, device);
    }

    @Override
    public PatchTokens open(StageContext context) {
        TokenizerInput input = new TokenizerInput(
                context.data().statistics(),
                PixelMapping.STANDARDISED,
                model.imageSize(),
                recipe.pictureSize(model),
                context.data().statistics().channels());
        return new OnnxTokens(
                TokenizerFile.open(this, context),
                TokenizerExport.LOGITS,
                input,
                vocabulary(),
                model.gridSize(),
                recipe.wordsPerSide());
    }
}
