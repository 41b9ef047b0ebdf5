package io.maeharness.core.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.masking.MaskBatch;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.model.MaskedAutoencoder;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.optim.Trained;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.AheadDraws;
import io.maeharness.core.train.DeviceBuffer;
import io.maeharness.core.train.EncoderTraining;
import io.maeharness.core.train.Fingerprint;
import io.maeharness.core.train.StepWords;
import io.maeharness.core.train.TrainingDevice;
import io.maeharness.core.train.TrainingFeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Masked pre-training. Source: paper, section 3 and table 8. */
final class Pretraining extends EncoderTraining {
    private final PretrainStage stage;
    private final StageRandom random;
    private final TrainingFeed feed;
    private final MaskSampling sampling;
    private final AheadDraws<MaskBatch> masks;
    private final MaskedAutoencoder mae;
    private final Weights weights;
    private final AdamW adam;
    private final Shape imageShape;
    private final DeviceBuffer images;
    private final DeviceBuffer shuffles;
    private final Optional<StepWords> words;
    private long toppedUp;
    private long removed;

    /**
     * Prepares training.
     *
     * @param words of the images where words are the target; closed with this object
     */
    Pretraining(
            PretrainStage stage, StageData data, PatchTarget target, Optional<StepWords> words, TrainingDevice device) {
        super(device);
        NDManager manager = device.manager();
        this.stage = stage;
        this.words = words;
        PretrainRecipe recipe = stage.recipe();
        int channels = data.train().channels();
        int size = stage.model().imageSize();
        random = new StageRandom(stage.seed());
        feed = TrainingFeed.of(
                data, recipe.schedule(), random, List.of(new ViewLoader.View(augmentation(recipe), size)), device);
        sampling = recipe.maskSampling();
        masks = feed.drawing(this::masks);
        mae = new MaskedAutoencoder(
                manager, stage.model(), recipe, target, stage.precision(), device.microBatch(recipe.schedule()));
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
        imageShape = new Shape(channels, size, size);
        images = new DeviceBuffer(manager);
        shuffles = new DeviceBuffer(manager);
    }

    private static SampleTransform augmentation(PretrainRecipe recipe) {
        return recipe.augmentation().transform(new CropScale(recipe.minCropScale(), 1));
    }

    /** The decoder's weights too: reconstructions are drawn with them. */
    @Override
    public Map<String, NDArray> encoder() {
        return weights.byName();
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts =
                new LinkedHashMap<>(words.map(StepWords::facts).orElse(Map.of()));
        if (sampling.topsUp()) {
            double percent = removed == 0 ? 0 : 100.0 * toppedUp / removed;
            facts.put("removed patches topped up at random, percent", String.format(Locale.ROOT, "%.2f", percent));
        }
        return facts;
    }

    @Override
    public Map<String, String> draws() {
        Map<String, String> draws = new LinkedHashMap<>(super.draws());
        draws.put(
                Fingerprint.MASKS, Fingerprint.of(masks(0, order().samplesOf(0)).shuffle()));
        return draws;
    }

    private MaskBatch masks(long epoch, int[] samples) {
        return MaskBatch.draw(sampling, stage.model().gridSize(), stage.recipe().maskRatio(), random, epoch, samples);
    }

    @Override
    protected void update(long step, double learningRate) {
        adam.step(step + 1, learningRate);
    }

    @Override
    protected NDArray accumulate(TrainingFeed.Chunk chunk, NDManager scope) {
        int[] samples = chunk.samples();
        MaskBatch masks = this.masks.of(chunk);
        toppedUp += masks.toppedUp();
        removed += (long) samples.length * (stage.model().numPatches() - masks.lenKeep());
        NDArray pixels = images.put(scope, chunk.images(), new Shape(samples.length).addAll(imageShape));
        NDArray shuffle = shuffles.put(
                scope, masks.shuffle(), new Shape(samples.length, stage.model().numPatches()));
        Optional<StepWords.Words> wanted = words.map(tokenizer -> tokenizer.of(chunk, pixels));
        NDArray loss = mae.accumulate(
                pixels, shuffle, wanted.map(StepWords.Words::numbers), chunk.share(), weights, adam.gradients());
        return wanted.map(of -> of.behind(loss)).orElse(loss);
    }

    @Override
    protected void examine(long step, float[] loss) {
        words.ifPresent(tokenizer -> tokenizer.examine(step, loss));
    }

    @Override
    protected TrainingFeed feed() {
        return feed;
    }

    @Override
    protected Trained trained() {
        return adam;
    }

    @Override
    protected List<AutoCloseable> parts() {
        return Stream.<AutoCloseable>concat(Stream.of(mae), words.stream()).toList();
    }
}
