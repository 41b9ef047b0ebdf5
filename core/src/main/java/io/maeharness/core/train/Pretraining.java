package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.BatchLoader;
import io.maeharness.core.masking.MaskBatch;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.model.MaskedAutoencoder;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.Stage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Masked pre-training. Source: paper, section 3 and table 8. */
final class Pretraining implements EncoderTraining {
    private final Stage.Pretrain stage;
    private final NDManager manager;
    private final StageRandom random;
    private final EpochOrder order;
    private final BatchLoader loader;
    private final MaskSampling sampling;
    private final MaskedAutoencoder mae;
    private final Weights weights;
    private final AdamW adam;
    private final Chunks chunks;
    private final Shape imageShape;
    private final DeviceBuffer images;
    private final DeviceBuffer shuffles;
    private final DeviceBuffer words;
    private final Optional<PatchTokens> tokens;
    private long toppedUp;
    private long removed;

    /**
     * Prepares training.
     *
     * @param tokens give the words of an image where words are the target; closed with this object
     */
    Pretraining(
            Stage.Pretrain stage, StageData data, PatchTarget target, Optional<PatchTokens> tokens, NDManager manager) {
        this.stage = stage;
        this.tokens = tokens;
        this.manager = manager;
        PretrainRecipe recipe = stage.recipe();
        int channels = data.train().channels();
        int size = stage.model().imageSize();
        random = new StageRandom(stage.seed());
        order = new EpochOrder(random, data.train().size(), recipe.schedule());
        loader = new BatchLoader(
                data.train(),
                augmentation(recipe),
                data.statistics(),
                size,
                random,
                stage.data().settings().dataset().equals("imagefolder"));
        sampling = MaskSampling.of(recipe.maskSampling());
        mae = new MaskedAutoencoder(manager, stage.model(), recipe, target, stage.precision());
        weights = Weights.initialise(
                manager,
                MaskedAutoencoder.layout(stage.model(), recipe, channels, target),
                random,
                Purpose.INITIALISATION);
        adam = new AdamW(
                manager,
                recipe.adam(),
                weights,
                ParameterGroups.pretraining(weights.specs(), recipe.adam().weightDecay()));
        chunks = Chunks.of(order.batch(), recipe.schedule().microBatch(), channels * size * size);
        imageShape = new Shape(channels, size, size);
        images = new DeviceBuffer(manager);
        shuffles = new DeviceBuffer(manager);
        words = new DeviceBuffer(manager);
    }

    /** The augmentation of a recipe, with the recipe's crop scale in place of the paper's. */
    static Augmentation augmentation(PretrainRecipe recipe) {
        CropScale scale = new CropScale(recipe.minCropScale(), 1);
        return switch (recipe.augmentation()) {
            case "crop-random-size" -> new Augmentation.RandomSizeCrop(scale);
            case "crop-color-jitter" -> new Augmentation.ColorJitter(scale, Augmentation.ColorJitter.DEFAULT_STRENGTH);
            default -> Augmentation.of(recipe.augmentation());
        };
    }

    @Override
    public EpochOrder order() {
        return order;
    }

    /** The decoder's weights too: reconstructions are drawn with them. */
    @Override
    public Map<String, NDArray> encoder() {
        return weights.byName();
    }

    @Override
    public Map<String, String> facts() {
        if (!stage.recipe().maskSampling().equals("block")) {
            return Map.of();
        }
        double percent = removed == 0 ? 0 : 100.0 * toppedUp / removed;
        return Map.of(
                "removed patches topped up at random, percent", String.format(java.util.Locale.ROOT, "%.2f", percent));
    }

    @Override
    public double step(long step, double learningRate) {
        long epoch = order.epochOf(step);
        int[] samples = order.samplesOf(step);
        double loss = 0;
        for (int from = 0; from < samples.length; from += chunks.size()) {
            int to = Math.min(samples.length, from + chunks.size());
            loss += accumulate(epoch, Arrays.copyOfRange(samples, from, to), (double) (to - from) / samples.length);
        }
        adam.step(step + 1, learningRate);
        return loss;
    }

    private double accumulate(long epoch, int[] samples, double share) {
        Batch batch = loader.load(epoch, samples);
        int grid = stage.model().gridSize();
        MaskBatch masks = MaskBatch.draw(sampling, grid, stage.recipe().maskRatio(), random, epoch, samples);
        toppedUp += masks.toppedUp();
        removed += (long) samples.length * (stage.model().numPatches() - masks.lenKeep());
        try (NDManager scope = manager.newSubManager()) {
            NDArray pixels = images.put(scope, batch.images(), 0, new Shape(samples.length).addAll(imageShape));
            NDArray shuffle = shuffles.put(
                    scope,
                    masks.shuffle(),
                    new Shape(samples.length, stage.model().numPatches()));
            Optional<NDArray> wanted = tokens.map(t -> words(scope, t, batch));
            return mae.accumulate(pixels, shuffle, wanted, share, weights, adam.gradients());
        }
    }

    /** Words [N, L, W] of the very views that the model sees. */
    private NDArray words(NDManager scope, PatchTokens tokenizer, Batch batch) {
        return words.put(
                scope,
                tokenizer.of(batch.images(), batch.count()),
                new Shape(batch.count(), stage.model().numPatches(), tokenizer.wordsPerPatch()));
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>(weights.prefixed("param/"));
        state.putAll(adam.state());
        return state;
    }

    @Override
    public void restore(Map<String, NDArray> state) {
        weights.restore(state, "param/");
        adam.restore(state);
    }

    @Override
    public void close() {
        adam.close();
        mae.close();
        loader.close();
        tokens.ifPresent(PatchTokens::close);
    }
}
