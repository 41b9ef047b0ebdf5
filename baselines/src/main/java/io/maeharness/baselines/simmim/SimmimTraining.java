package io.maeharness.baselines.simmim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.data.ViewLoader;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptSource;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.ScriptedLoss;
import io.maeharness.core.model.VitScript;
import io.maeharness.core.model.Weights;
import io.maeharness.core.optim.AdamW;
import io.maeharness.core.optim.ParameterGroups;
import io.maeharness.core.optim.Trained;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.AheadDraws;
import io.maeharness.core.train.DeviceBuffer;
import io.maeharness.core.train.DropPath;
import io.maeharness.core.train.EncoderTraining;
import io.maeharness.core.train.TrainingDevice;
import io.maeharness.core.train.TrainingFeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pre-training by the pixels of masked patches. */
final class SimmimTraining extends EncoderTraining {
    private final SimmimRecipe recipe;
    private final ModelSettings model;
    private final int channels;
    private final StageRandom random;
    private final TrainingFeed feed;
    private final UnitMasks masks;
    private final AheadDraws<long[]> drawn;
    private final DropPath dropPath;
    private final Script script;
    private final Weights weights;
    private final AdamW adam;
    private final DeviceBuffer images;
    private final DeviceBuffer masked;
    private final DeviceBuffer drops;

    SimmimTraining(SimmimStage stage, StageData data, TrainingDevice device) {
        super(device);
        NDManager manager = device.manager();
        recipe = stage.recipe();
        model = stage.model();
        channels = data.train().channels();
        random = new StageRandom(stage.seed());
        SampleTransform crop = new Augmentation.RandomSizeCrop(new CropScale(recipe.minCropScale(), 1));
        feed = TrainingFeed.of(
                data, recipe.schedule(), random, List.of(new ViewLoader.View(crop, model.imageSize())), device);
        masks = new UnitMasks(model, recipe);
        drawn = feed.drawing((epoch, samples) -> masks.draw(random, epoch, samples));
        dropPath = new DropPath(recipe.dropPath(), model.encoderDepth(), random);
        script = VitScript.load(
                manager,
                model,
                stage.precision(),
                EncoderForm.RELATIVE_POSITIONS,
                device.microBatch(recipe.schedule()),
                List.of(ScriptSource.STEP, script("masked.py"), script("simmim.py")),
                Map.of());
        weights = Weights.initialise(manager, layout(), random, Purpose.INITIALISATION);
        weights.byName().forEach((name, array) -> {
            if (name.contains(".gamma_")) {
                array.muli((float) recipe.layerScale()); // drawn as ones
            }
        });
        adam = new AdamW(
                manager,
                recipe.adam(),
                weights,
                ParameterGroups.pretraining(weights.specs(), recipe.adam().weightDecay()));
        images = new DeviceBuffer(manager);
        masked = new DeviceBuffer(manager);
        drops = new DeviceBuffer(manager);
    }

    private static ScriptSource script(String file) {
        return new ScriptSource(SimmimTraining.class, "/io/maeharness/baselines/script/" + file);
    }

    private List<ParameterSpec> encoderLayout() {
        return Layout.encoder(model, channels, EncoderForm.RELATIVE_POSITIONS);
    }

    /** The encoder, then what is thrown away. */
    private List<ParameterSpec> layout() {
        List<ParameterSpec> specs = new ArrayList<>(encoderLayout());
        specs.add(ParameterSpec.token("mask_token", model.encoderDim()));
        specs.add(ParameterSpec.weight("decoder.weight", model.patchValues(channels), model.encoderDim()));
        specs.add(ParameterSpec.bias("decoder.bias", model.patchValues(channels)));
        return specs;
    }

    @Override
    protected NDArray accumulate(TrainingFeed.Chunk chunk, NDManager scope) {
        int[] samples = chunk.samples();
        int size = model.imageSize();
        Map<String, NDArray> batch = new LinkedHashMap<>();
        batch.put("images", images.put(scope, chunk.images(), new Shape(samples.length, channels, size, size)));
        batch.put("masked", masked.put(scope, drawn.of(chunk), new Shape(samples.length, masks.patches())));
        dropPath.factors(chunk.step(), samples)
                .ifPresent(factors -> batch.put(
                        "drop", drops.put(scope, factors, 0, new Shape(samples.length, 2L * model.encoderDepth()))));
        NDArray kinds = VitScript.kinds(scope, weights.specs(), spec -> true);
        return new ScriptedLoss(script)
                .accumulate(
                        scope,
                        batch,
                        Map.of(),
                        kinds,
                        chunk.share(),
                        weights.byName(),
                        adam.gradients().byName());
    }

    @Override
    protected void update(long step, double learningRate) {
        if (recipe.clip() > 0) {
            adam.clipAll(recipe.clip());
        }
        adam.step(step + 1, learningRate);
    }

    @Override
    public Map<String, NDArray> encoder() {
        return weights.first(encoderLayout().size()).byName();
    }

    @Override
    public Map<String, NDArray> weights() {
        return weights.byName();
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
        return List.of(script);
    }
}
