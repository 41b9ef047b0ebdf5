package io.maeharness.baselines.tokenizer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.PatchTokens;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageKind;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.stage.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A tokenizer that the user supplies as an ONNX model, one word a patch: nothing is trained, only the use of its words on
 * held images is measured; yields {@code usage} (percent of the words that occur) and their {@code perplexity}.
 *
 * @param digest SHA-256 of the file, hexadecimal
 * @param vocabulary words it knows
 * @param inputSize side of the square picture it takes, pixels
 * @param pixelMapping how pixels are mapped before it
 * @param dataset what it was trained on, where that is known
 */
@StageKind(name = "supplied-tokenizer", version = SuppliedTokenizerStage.VERSION)
public record SuppliedTokenizerStage(
        int version,
        DataIdentity data,
        ModelSettings model,
        String digest,
        int vocabulary,
        int inputSize,
        PixelMapping pixelMapping,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> dataset,
        long seed,
        Precision precision)
        implements TokenizerStage {
    /** 2: as of a trained one. */
    public static final int VERSION = 2;

    private static final int IMAGES_AT_ONCE = 64;

    @Override
    public String trainedOn() {
        return dataset.orElse("unknown data") + ", supplied model " + digest.substring(0, 8);
    }

    @Override
    public List<String> metrics() {
        return List.of("usage", "perplexity");
    }

    @Override
    public Origin origin() {
        return Origin.SUPPLIED;
    }

    @Override
    public Path leaves(Path stages) {
        return TokenizerFile.supplied(stages, digest);
    }

    @Override
    public double macsOfWords(int channels) {
        return 0;
    }

    @Override
    public double macs(ImageFacts images) {
        return 0;
    }

    /** Without the model's own arithmetic, of which nothing is known. */
    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        Workload.Host views = Workload.Host.views(images.evaluationImages(), model.pixels());
        return List.of(new Workload(Workload.Device.NONE, views.tokenised(this, images.channels())));
    }

    @Override
    public double bytes(int channels, int microBatch) {
        return TrainingMemory.ENGINE;
    }

    @Override
    public StageOutcome compute(StageContext context) {
        context.environment().progress().phase("tokenising");
        demandFile(context);
        CodebookUsage usage = new CodebookUsage(vocabulary);
        ImageDataset held = context.data().held();
        int size = model.imageSize();
        try (PatchTokens tokens = open(context);
                BatchLoader loader = new BatchLoader(
                        held, new EvaluationTransform(), context.data().statistics(), size, new StageRandom(seed), 0)) {
            for (int from = 0; from < held.size(); from += IMAGES_AT_ONCE) {
                int to = Math.min(held.size(), from + IMAGES_AT_ONCE);
                Batch batch = loader.load(0, IntStream.range(from, to).toArray());
                usage.add(tokens.of(batch.images(), batch.count()));
            }
        }
        Map<String, Double> metrics = Map.of("usage", usage.usedPercent(), "perplexity", usage.perplexity());
        FinishedWeights.write(context.directoryOf(this), Map.of());
        return StageOutcome.of(metrics, Map.of("tokenizer trained on", trainedOn()));
    }

    /** The file has to be the one that the stage is named after. */
    private void demandFile(StageContext context) {
        Path file = TokenizerFile.of(this, context);
        if (!Files.isRegularFile(file)) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT,
                    "the tokenizer " + file + " is missing; run again with --tokenizer");
        }
        if (!TokenizerFile.digest(file).equals(digest)) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT,
                    "the tokenizer " + file + " is another than the one that was supplied; run again with --tokenizer");
        }
    }

    @Override
    public PatchTokens open(StageContext context) {
        SuppliedTokenizer fit = SuppliedTokenizer.of(
                TokenizerFile.of(this, context), model, context.data().train().channels());
        TokenizerInput input = new TokenizerInput(
                context.data().statistics(),
                pixelMapping,
                fit.origin().statistics().orElse(context.data().statistics()),
                model.imageSize(),
                inputSize,
                fit.channels());
        return new OnnxTokens(TokenizerFile.open(this, context), fit.output(), input, vocabulary, model.gridSize(), 1);
    }
}
