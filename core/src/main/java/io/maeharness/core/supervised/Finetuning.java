package io.maeharness.core.supervised;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.augment.FineTuneTransform;
import io.maeharness.core.augment.Mixing;
import io.maeharness.core.augment.RandAugment;
import io.maeharness.core.augment.RandomErasing;
import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.data.Batch;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.model.Classifier;
import io.maeharness.core.model.FrozenLeaves;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.PositionInterpolation;
import io.maeharness.core.model.SinCosPositions;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.optim.Trained;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.Accuracy;
import io.maeharness.core.train.DeviceBuffer;
import io.maeharness.core.train.DropPath;
import io.maeharness.core.train.Evaluation;
import io.maeharness.core.train.Fingerprint;
import io.maeharness.core.train.Replica;
import io.maeharness.core.train.TrainingDevice;
import io.maeharness.core.train.TrainingFeed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Training with labels: fine-tuning of all or the last blocks, and training from scratch. Source: paper, tables 9 and 11,
 * figure 9.
 */
final class Finetuning extends Replica {
    private final FinetuneStage stage;
    private final StageData data;
    private final StageRandom random;
    private final TrainingFeed feed;
    private final Mixing mixing;
    private final DeviceMixing deviceMixing;
    private final DropPath dropPath;
    private final Classifier classifier;
    private final Weights weights;
    private final String drawn;
    private final AdamW adam;
    private final DeviceBuffer images;
    private final DeviceBuffer targets;
    private final DeviceBuffer drops;
    private final int classes;

    /**
     * Prepares training.
     *
     * @param pretrained the encoder's weights by name; empty trains from random weights
     */
    Finetuning(FinetuneStage stage, StageData data, Optional<Map<String, NDArray>> pretrained, TrainingDevice device) {
        super(device);
        NDManager manager = device.manager();
        this.stage = stage;
        this.data = data;
        SupervisedRecipe recipe = stage.recipe();
        int channels = data.train().channels();
        classes = data.train().numClasses();
        random = new StageRandom(stage.seed());
        ViewLoader.View view = new ViewLoader.View(
                transform(recipe, data.statistics()), stage.model().imageSize());
        feed = TrainingFeed.of(data, recipe.schedule(), random, List.of(view), device);
        mixing = new Mixing(recipe.mixup(), recipe.cutmix(), 0.5, recipe.labelSmoothing());
        deviceMixing = new DeviceMixing(manager);
        dropPath = new DropPath(recipe.dropPath(), stage.model().encoderDepth(), random);
        weights = fresh(stage, channels, classes, pretrained.isPresent(), manager);
        drawn = Fingerprint.of(weights.byName());
        pretrained.ifPresent(found -> Layout.encoder(stage.model(), channels, form(stage)).stream()
                .map(ParameterSpec::name)
                .forEach(name -> restore(weights, name, found, stage)));
        classifier = new Classifier(
                manager,
                stage.model(),
                stage.precision(),
                form(stage),
                device.microBatch(recipe.schedule()),
                stage::trains);
        adam = new AdamW(manager, recipe.adam(), weights, groups());
        images = new DeviceBuffer(manager);
        targets = new DeviceBuffer(manager);
        drops = new DeviceBuffer(manager);
    }

    private List<ParameterGroups.Group> groups() {
        List<ParameterGroups.Group> all = ParameterGroups.supervised(
                weights.specs(),
                stage.model().encoderDepth(),
                stage.recipe().layerDecay(),
                stage.recipe().adam().weightDecay());
        ParameterGroups.Group[] groups = all.toArray(new ParameterGroups.Group[0]);
        for (int i = 0; i < groups.length; i++) {
            groups[i] = stage.trains(weights.specs().get(i)) ? groups[i] : ParameterGroups.Group.FROZEN;
        }
        return Arrays.asList(groups);
    }

    /** Weights as they are drawn, before those of a pre-training take their place. */
    private static Weights fresh(
            FinetuneStage stage, int channels, int classes, boolean pretrained, NDManager manager) {
        StageRandom random = new StageRandom(stage.seed());
        EncoderForm form = form(stage);
        List<ParameterSpec> specs = Layout.classifier(stage.model(), channels, classes, form);
        Purpose purpose = pretrained ? Purpose.HEAD : Purpose.INITIALISATION;
        Weights fresh = Weights.initialise(manager, specs, random, purpose);
        if (form.positions() == EncoderForm.Positions.FIXED) {
            fresh.get("pos_embed").set(fixedPositions(stage));
        }
        return fresh;
    }

    /** A parameter of the pre-training; learned positions are interpolated where the model has another resolution. */
    private static void restore(Weights fresh, String name, Map<String, NDArray> found, FinetuneStage stage) {
        boolean otherGrid = gridBefore(stage) != stage.model().gridSize();
        if (name.equals("pos_embed") && otherGrid && found.containsKey(name)) {
            fresh.get(name).set(onGridOf(stage, HostCopy.floats(found.get(name))));
        } else {
            fresh.restore(name, found);
        }
    }

    private static float[] fixedPositions(FinetuneStage stage) {
        return onGridOf(stage, SinCosPositions.table(stage.model().encoderDim(), gridBefore(stage)));
    }

    /** Positions of the pre-training's grid; interpolated where the model has another resolution. */
    private static float[] onGridOf(FinetuneStage stage, float[] table) {
        int grid = stage.model().gridSize();
        int before = gridBefore(stage);
        return before == grid
                ? table
                : PositionInterpolation.bicubic(table, stage.model().encoderDim(), before, grid);
    }

    private static int gridBefore(FinetuneStage stage) {
        return stage.encoder()
                .map(encoder -> encoder.model().gridSize())
                .orElse(stage.model().gridSize());
    }

    private static EncoderForm form(FinetuneStage stage) {
        return stage.encoder().map(EncoderStage::form).orElse(EncoderForm.PLAIN);
    }

    private static SampleTransform transform(SupervisedRecipe recipe, PixelStatistics statistics) {
        Optional<RandAugment> randAugment = Optional.of(
                        RandAugment.withMagnitude(recipe.randAugmentMagnitude(), recipe.randAugmentStd(), statistics))
                .filter(r -> recipe.randAugmentMagnitude() > 0);
        Optional<RandomErasing> erasing =
                Optional.of(recipe.erasing()).filter(p -> p > 0).map(RandomErasing::withProbability);
        return new FineTuneTransform(new CropScale(recipe.minCropScale(), 1), randAugment, erasing);
    }

    /** Digests of what was drawn: weights before those of a pre-training took their place, and order. */
    Map<String, String> draws() {
        return Map.of(Fingerprint.WEIGHTS, drawn, Fingerprint.ORDER, order().fingerprint());
    }

    @Override
    protected void update(long step, double learningRate) {
        adam.step(step + 1, learningRate);
    }

    /** One chunk; mixup and cutmix mix within it, as the published code does within the batch of one GPU. */
    @Override
    protected NDArray accumulate(TrainingFeed.Chunk chunk, NDManager scope) {
        int[] samples = chunk.samples();
        Mixed mixed = mixed(chunk.images(), chunk.step() * feed.order().batch() + chunk.from(), scope);
        Optional<NDArray> drop = dropPath.factors(chunk.step(), samples)
                .map(f -> drops.put(scope, f, 0, new Shape(samples.length, f.length / samples.length)));
        return classifier.accumulate(mixed.pixels(), mixed.targets(), drop, chunk.share(), weights, adam.gradients());
    }

    /** Images on the device [N, C, S, S], and their soft targets [N, classes]. */
    private record Mixed(NDArray pixels, NDArray targets) {}

    /**
     * Mixes where the pixels are standardised: on a device that is fed from memory, else here.
     *
     * @param draw determines what is drawn, with the stage's seed
     */
    private Mixed mixed(Batch loaded, long draw, NDManager scope) {
        int size = stage.model().imageSize();
        int channels = data.train().channels();
        int[] labels = Arrays.copyOf(loaded.labels(), loaded.count());
        Shape shape = new Shape(loaded.count(), channels, size, size);
        if (loaded.fed().isPresent()) {
            Mixing.Mix mix = mixing.draw(size, random, draw);
            NDArray pixels = deviceMixing.apply(scope, images.put(scope, loaded, shape), mix);
            return new Mixed(pixels, targets(scope, mixing.targets(labels, classes, mix)));
        }
        Mixing.MixedBatch mixed = mixing.mix(loaded.images(), labels, channels, size, classes, random, draw);
        return new Mixed(images.put(scope, mixed.images(), 0, shape), targets(scope, mixed.targets()));
    }

    private NDArray targets(NDManager scope, float[] ofImages) {
        return targets.put(scope, ofImages, 0, new Shape(ofImages.length / classes, classes));
    }

    /**
     * Accuracy of the weights, or of their average when the recipe has one.
     *
     * @param all the same training on each of its devices, which share the work
     */
    static Accuracy evaluate(List<Finetuning> all, Evaluation evaluation) {
        return evaluate(all, evaluation, Finetuning::evaluated);
    }

    /** Accuracy of the weights themselves. */
    static Accuracy evaluateWithoutAverage(List<Finetuning> all, Evaluation evaluation) {
        return evaluate(all, evaluation, finetuning -> finetuning.weights);
    }

    /** Each device reads its weights once for the whole pass. */
    private static Accuracy evaluate(List<Finetuning> all, Evaluation evaluation, Function<Finetuning, Weights> which) {
        List<FrozenLeaves> pass = new ArrayList<>();
        List<UnaryOperator<NDArray>> functions = new ArrayList<>();
        try {
            for (Finetuning one : all) {
                FrozenLeaves leaves = one.classifier.leaves(which.apply(one));
                pass.add(leaves);
                functions.add(images -> one.classifier.logits(images, leaves));
            }
            return all.get(0).accuracy(evaluation, functions);
        } finally {
            pass.forEach(FrozenLeaves::close);
        }
    }

    private Accuracy accuracy(Evaluation evaluation, List<UnaryOperator<NDArray>> functions) {
        Accuracy accuracy = new Accuracy("the fine-tuned model", data.held().name());
        evaluation.run(
                data.held(),
                new EvaluationTransform(),
                data.statistics(),
                random,
                0,
                functions,
                (logits, labels, count) -> accuracy.add(logits, labels, count, classes));
        return accuracy;
    }

    /** The weights that are evaluated and kept. */
    Weights evaluated() {
        return adam.evaluated();
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
        return List.of(classifier, deviceMixing);
    }
}
