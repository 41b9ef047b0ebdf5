package io.maeharness.baselines.tokenizer;

import io.maeharness.baselines.onnx.TokenizerExport;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.train.FinishedWeights;
import io.maeharness.core.train.PatchTokens;
import io.maeharness.core.train.StageContext;
import io.maeharness.core.train.StageResult;
import io.maeharness.core.train.TokenizerMethod;
import io.maeharness.core.train.TrainingLoop;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains the discrete VAE, measures it on held images, draws what it does and exports its encoder to ONNX, which is what
 * later stages run.
 */
public final class DiscreteVaeMethod implements TokenizerMethod<TokenizerStage.Trained> {
    @Override
    public Class<TokenizerStage.Trained> stage() {
        return TokenizerStage.Trained.class;
    }

    @Override
    public StageResult compute(TokenizerStage.Trained stage, StageContext context) {
        try (TokenizerTraining training = new TokenizerTraining(stage, context.data(), context.manager())) {
            TrainingLoop.Finished finished = context.loop(stage, stage.recipe().schedule(), training.order())
                    .run(context.manager(), training);
            context.evaluating(stage, training, finished);
            TokenizerEvaluation held = new TokenizerEvaluation(stage, context, training.vae(), training.weights());
            draw(stage, context, training, held);
            Map<String, Double> metrics = metrics(finished, held);
            export(stage, context, training);
            FinishedWeights.write(context.directoryOf(stage), training.weights().byName());
            return StageResult.of(metrics, finished, Map.of("tokenizer trained on", stage.trainedOn()));
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

    private static void draw(
            TokenizerStage.Trained stage, StageContext context, TokenizerTraining training, TokenizerEvaluation held) {
        TokenizerPictures pictures = new TokenizerPictures(stage, context, training.vae(), training.weights());
        pictures.reconstructions(context.directoryOf(stage).resolve(TokenizerPictures.RECONSTRUCTION));
        pictures.codebook(context.directoryOf(stage).resolve(TokenizerPictures.CODEBOOK), held.usage());
    }

    private static void export(TokenizerStage.Trained stage, StageContext context, TokenizerTraining training) {
        TokenizerExport.write(
                TokenizerFile.of(stage, context),
                stage.recipe(),
                context.data().train().channels(),
                stage.recipe().pictureSize(stage.model()),
                training.weights().byName(),
                "tokenizer " + stage.version(),
                Map.of(
                        "kind",
                        stage.kind(),
                        "stage",
                        StageHash.of(stage),
                        "dataset",
                        stage.trainedOn(),
                        "pixels",
                        PixelMapping.STANDARDISED.key(),
                        "mean",
                        context.data().statistics().mean().toString(),
                        "std",
                        context.data().statistics().deviation().toString()));
    }

    @Override
    public PatchTokens open(TokenizerStage.Trained stage, StageContext context) {
        TokenizerInput input = new TokenizerInput(
                context.data().statistics(),
                PixelMapping.STANDARDISED,
                stage.model().imageSize(),
                stage.recipe().pictureSize(stage.model()),
                context.data().statistics().channels());
        return new OnnxTokens(
                TokenizerFile.open(stage, context),
                TokenizerExport.LOGITS,
                input,
                stage.vocabulary(),
                stage.model().gridSize(),
                stage.recipe().wordsPerSide());
    }
}
