package io.maeharness.baselines.tokenizer;

import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.train.FinishedWeights;
import io.maeharness.core.train.StageContext;
import io.maeharness.core.train.StageMethod;
import io.maeharness.core.train.StageResult;
import io.maeharness.core.train.TrainingLoop;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains the discrete VAE, measures it on held images, draws what it does and exports its encoder to ONNX, which is what
 * later stages run.
 */
public final class DiscreteVaeMethod implements StageMethod<TokenizerStage.Trained> {
    @Override
    public Class<TokenizerStage.Trained> stage() {
        return TokenizerStage.Trained.class;
    }

    @Override
    public StageResult compute(TokenizerStage.Trained stage, StageContext context) {
        try (TokenizerTraining training = new TokenizerTraining(stage, context.data(), context.manager())) {
            TrainingLoop.Finished finished = context.loop(stage, stage.recipe().schedule(), training.order())
                    .run(context.manager(), training);
            context.environment().progress().phase("evaluating");
            TokenizerEvaluation held = new TokenizerEvaluation(stage, context, training.vae(), training.weights());
            draw(stage, context, training, held);
            Map<String, Double> metrics = metrics(finished, held);
            FinishedWeights.write(context.directoryOf(stage), training.weights().byName(), metrics);
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
}
