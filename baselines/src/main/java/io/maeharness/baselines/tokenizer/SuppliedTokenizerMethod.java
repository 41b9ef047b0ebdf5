package io.maeharness.baselines.tokenizer;

import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.train.FinishedWeights;
import io.maeharness.core.train.PatchTokens;
import io.maeharness.core.train.StageContext;
import io.maeharness.core.train.StageResult;
import io.maeharness.core.train.TokenizerMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/** A tokenizer that the user brings: nothing is trained, only the use of its words on held images is measured. */
public final class SuppliedTokenizerMethod implements TokenizerMethod<TokenizerStage.Supplied> {
    private static final int IMAGES_AT_ONCE = 64;

    @Override
    public Class<TokenizerStage.Supplied> stage() {
        return TokenizerStage.Supplied.class;
    }

    @Override
    public StageResult compute(TokenizerStage.Supplied stage, StageContext context) {
        context.environment().progress().phase("tokenising");
        demandFile(stage, context);
        CodebookUsage usage = new CodebookUsage(stage.vocabulary());
        ImageDataset held = context.data().held();
        int size = stage.model().imageSize();
        try (PatchTokens tokens = open(stage, context);
                BatchLoader loader = new BatchLoader(
                        held,
                        new EvaluationTransform(),
                        context.data().statistics(),
                        size,
                        new StageRandom(stage.seed()),
                        0)) {
            for (int from = 0; from < held.size(); from += IMAGES_AT_ONCE) {
                int to = Math.min(held.size(), from + IMAGES_AT_ONCE);
                Batch batch = loader.load(0, IntStream.range(from, to).toArray());
                usage.add(tokens.of(batch.images(), batch.count()));
            }
        }
        Map<String, Double> metrics = Map.of("usage", usage.usedPercent(), "perplexity", usage.perplexity());
        FinishedWeights.write(context.directoryOf(stage), Map.of());
        return StageResult.of(metrics, Map.of("tokenizer trained on", stage.trainedOn()));
    }

    /** The file has to be the one that the stage is named after. */
    private static void demandFile(TokenizerStage.Supplied stage, StageContext context) {
        Path file = TokenizerFile.of(stage, context);
        if (!Files.isRegularFile(file)) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT,
                    "the tokenizer " + file + " is missing; run again with --tokenizer");
        }
        if (!TokenizerFile.digest(file).equals(stage.digest())) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT,
                    "the tokenizer " + file + " is another than the one that was supplied; run again with --tokenizer");
        }
    }

    @Override
    public PatchTokens open(TokenizerStage.Supplied stage, StageContext context) {
        SuppliedTokenizer fit = SuppliedTokenizer.of(
                TokenizerFile.of(stage, context),
                stage.model(),
                context.data().train().channels());
        TokenizerInput input = new TokenizerInput(
                context.data().statistics(),
                PixelMapping.of(stage.pixelMapping()),
                fit.origin().statistics().orElse(context.data().statistics()),
                stage.model().imageSize(),
                stage.inputSize(),
                fit.channels());
        return new OnnxTokens(
                TokenizerFile.open(stage, context),
                fit.output(),
                input,
                stage.vocabulary(),
                stage.model().gridSize(),
                1);
    }
}
