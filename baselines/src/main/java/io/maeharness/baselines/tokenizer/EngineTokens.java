package io.maeharness.baselines.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.engine.HostNumbers;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Resampling;
import io.maeharness.core.image.Resize;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.Weights;
import io.maeharness.core.stage.DeviceTokens;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.train.FiniteRow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained tokenizer in the engine, on the device whose training needs its words: they are chosen there and stay there,
 * and the views are resized there, by the numbers of {@link Resize} to the bit.
 */
final class EngineTokens implements DeviceTokens {
    /** Logits of a batch: 128 MB, before the activations of the training take their place. */
    private static final long LOGITS_AT_ONCE = 1 << 25;

    private static final int MOST_AT_ONCE = 256;

    private final NDManager owner;
    private final DiscreteVae vae;
    private final Map<String, NDArray> encoder;
    private final Map<String, NDArray> how = new LinkedHashMap<>();
    private final Path file;

    /** Reads the weights that a stage left onto a device. */
    EngineTokens(TrainedTokenizerStage stage, StageContext context, NDManager device) {
        owner = device.newSubManager();
        file = context.directoryOf(stage).resolve(FinishedWeights.FILE);
        vae = new DiscreteVae(owner, stage.recipe(), 1);
        encoder = encoder(stage, context);
        how.put("at_once", HostNumbers.of(owner, (double) atOnce(stage)));
        how.put("side", HostNumbers.of(owner, stage.recipe().wordsPerSide()));
        int view = stage.model().imageSize();
        int picture = stage.recipe().pictureSize(stage.model());
        if (view != picture) {
            how.putAll(resizing(owner, view, picture, context.data().statistics()));
        }
    }

    private Map<String, NDArray> encoder(TrainedTokenizerStage stage, StageContext context) {
        int channels = context.data().train().channels();
        List<ParameterSpec> specs = DiscreteVae.layout(stage.recipe(), channels).stream()
                .filter(spec -> spec.name().startsWith("encoder."))
                .toList();
        try (NDManager scope = owner.newSubManager()) {
            return Weights.of(owner, specs, FinishedWeights.read(scope, context.directoryOf(stage)))
                    .byName();
        }
    }

    /** Images that are tokenised at once: the same on every device, as it may decide bits. */
    static long atOnce(TrainedTokenizerStage stage) {
        long places = (long) stage.model().numPatches() * stage.wordsPerPatch();
        return Math.max(1, Math.min(MOST_AT_ONCE, LOGITS_AT_ONCE / (stage.vocabulary() * places)));
    }

    /**
     * What {@code resized} of {@code script/tokenizer.py} takes beside views, on the device of a manager that owns it.
     *
     * @param view side of a view, pixels
     * @param picture side of what the tokenizer takes, pixels
     */
    static Map<String, NDArray> resizing(NDManager manager, int view, int picture, PixelStatistics statistics) {
        int channels = statistics.channels();
        double[] mean = new double[channels];
        double[] deviation = new double[channels];
        long[] offsets = new long[channels];
        for (int channel = 0; channel < channels; channel++) {
            mean[channel] = statistics.mean().get(channel);
            deviation[channel] = statistics.deviation().get(channel);
            offsets[channel] = (long) PixelStatistics.LEVELS * channel;
        }
        Shape each = new Shape(1, channels, 1, 1);
        return Map.of(
                "mean", manager.create(mean, each),
                "deviation", manager.create(deviation, each),
                "offsets", manager.create(offsets, each),
                "table", manager.create(statistics.table()),
                "taps", manager.create(Resize.taps(view, picture, Resampling.BICUBIC), new Shape(picture, view)));
    }

    @Override
    public Words of(NDArray images, int first) {
        Map<String, NDArray> now = new LinkedHashMap<>(how);
        now.put("first", HostNumbers.of(images.getManager(), first));
        NDList words = vae.choose(images, now, encoder);
        return new Words(words.get(0), words.get(1));
    }

    @Override
    public void demandFinite(float[] doubt, String images) {
        if (doubt[0] >= 0) {
            throw FiniteRow.refused(
                    "the tokenizer " + file, doubt[2], "word " + (int) doubt[1], images, (int) doubt[0]);
        }
    }

    @Override
    public void close() {
        vae.close();
        owner.close();
    }
}
