package io.maeharness.baselines.beit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.masking.MaskBatch;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.optim.Trained;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.AheadDraws;
import io.maeharness.core.train.DeviceBuffer;
import io.maeharness.core.train.DropPath;
import io.maeharness.core.train.EncoderTraining;
import io.maeharness.core.train.StepWords;
import io.maeharness.core.train.TrainingDevice;
import io.maeharness.core.train.TrainingFeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Pre-training by the words of masked patches. */
final class BeitTraining extends EncoderTraining {
    private final BeitStage stage;
    private final BeitRecipe recipe;
    private final StageRandom random;
    private final TrainingFeed feed;
    private final AheadDraws<MaskBatch> masks;
    private final StepWords words;
    private final DropPath dropPath;
    private final Beit beit;
    private final Weights weights;
    private final AdamW adam;
    private final List<DeviceBuffer> buffers;
    private final int channels;
    private long toppedUp;
    private long removed;

    BeitTraining(BeitStage stage, StageData data, StepWords words, TrainingDevice device) {
        super(device);
        NDManager manager = device.manager();
        this.stage = stage;
        this.words = words;
        recipe = stage.recipe();
        channels = data.train().channels();
        random = new StageRandom(stage.seed());
        ViewLoader.View view = new ViewLoader.View(
                new Augmentation.RandomSizeCrop(new CropScale(recipe.minCropScale(), 1)),
                stage.model().imageSize());
        feed = TrainingFeed.of(data, recipe.schedule(), random, List.of(view), device);
        masks = feed.drawing(this::masks);
        dropPath = new DropPath(recipe.dropPath(), stage.model().encoderDepth(), random);
        beit = new Beit(manager, stage.model(), stage.precision(), device.microBatch(recipe.schedule()));
        List<ParameterSpec> specs =
                BeitLayout.of(stage.model(), channels, stage.tokenizer().vocabulary());
        weights = BeitLayout.initialise(manager, specs, random, recipe.initialDeviation(), recipe.layerScale());
        adam = new AdamW(
                manager,
                recipe.adam(),
                weights,
                ParameterGroups.supervised(
                        specs, stage.model().encoderDepth(), 1, recipe.adam().weightDecay()));
        buffers = IntStream.range(0, 3).mapToObj(i -> new DeviceBuffer(manager)).toList();
    }

    @Override
    public Map<String, NDArray> encoder() {
        Map<String, NDArray> encoder = new LinkedHashMap<>(weights.byName());
        encoder.keySet()
                .retainAll(BeitLayout.encoder(stage.model(), channels).stream()
                        .map(ParameterSpec::name)
                        .toList());
        return encoder;
    }

    @Override
    public Map<String, NDArray> weights() {
        return weights.byName();
    }

    @Override
    public Map<String, String> facts() {
        double percent = removed == 0 ? 0 : 100.0 * toppedUp / removed;
        Map<String, String> facts = new LinkedHashMap<>(words.facts());
        facts.put("masked patches topped up at random, percent", String.format(Locale.ROOT, "%.2f", percent));
        facts.put("tokenizer trained on", stage.tokenizer().trainedOn());
        return facts;
    }

    @Override
    protected void update(long step, double learningRate) {
        if (recipe.clip() > 0) {
            adam.clipAll(recipe.clip());
        }
        adam.step(step + 1, learningRate);
    }

    @Override
    protected NDArray accumulate(TrainingFeed.Chunk chunk, NDManager scope) {
        Batch batch = chunk.images();
        int[] samples = chunk.samples();
        int size = stage.model().imageSize();
        NDArray images = buffers.get(0).put(scope, batch, new Shape(samples.length, channels, size, size));
        NDArray masked = masked(scope, masks.of(chunk), samples);
        StepWords.Words chosen = words.of(chunk, images);
        NDArray numbers =
                chosen.numbers().reshape(new Shape(samples.length, stage.model().numPatches()));
        Optional<NDArray> drop = dropPath.factors(chunk.step(), samples).map(factors -> buffers.get(2)
                .put(
                        scope,
                        factors,
                        0,
                        new Shape(samples.length, 2L * stage.model().encoderDepth())));
        return chosen.behind(beit.accumulate(images, masked, numbers, drop, chunk.share(), weights, adam.gradients()));
    }

    @Override
    protected void examine(long step, float[] loss) {
        words.examine(step, loss);
    }

    private MaskBatch masks(long epoch, int[] samples) {
        return MaskBatch.draw(
                new MaskSampling.Block(),
                stage.model().gridSize(),
                new MaskRatio(recipe.maskedShare()),
                random,
                epoch,
                samples);
    }

    /** Numbers of the masked patches of each sample, [N, M]. */
    private NDArray masked(NDManager scope, MaskBatch masks, int[] samples) {
        int patches = stage.model().numPatches();
        int hidden = patches - masks.lenKeep();
        toppedUp += masks.toppedUp();
        removed += (long) samples.length * hidden;
        long[] numbers = new long[samples.length * hidden];
        for (int n = 0; n < samples.length; n++) {
            System.arraycopy(masks.shuffle(), n * patches + masks.lenKeep(), numbers, n * hidden, hidden);
        }
        return buffers.get(1).put(scope, numbers, new Shape(samples.length, hidden));
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
        return List.of(beit, words);
    }
}
