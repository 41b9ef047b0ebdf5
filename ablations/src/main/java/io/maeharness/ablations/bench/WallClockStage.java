package io.maeharness.ablations.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.Settings;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.model.Flops;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageKind;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How long pre-training takes for an image: with and without mask tokens in the encoder, with a deep and a shallow
 * decoder. Source: paper, section 4.1, table 2.
 *
 * <p>The images are noise of three channels, already in memory: the time of a step does not depend on what they show.
 * Unlike every other stage this one depends on the machine, so the kind of device is one of its fields.
 *
 * @param model architecture; its decoder is the deep one
 * @param shallowDepth blocks of the shallow decoder
 * @param maskRatio share of the patches that is removed
 * @param wholeStep whether the optimiser's update is timed too, and not only forward and backward
 * @param batch images of a round; 0 takes as many as fit the memory, up to a limit of the device
 * @param blocks processes that each variant is measured in, the variants in turn
 * @param seconds measuring time of a process, seconds
 * @param device {@code cpu} (one core) or {@code gpu}
 */
@StageKind(name = "wall-clock", version = WallClockStage.VERSION)
public record WallClockStage(
        int version,
        ModelSettings model,
        int shallowDepth,
        MaskRatio maskRatio,
        boolean wholeStep,
        int batch,
        int blocks,
        double seconds,
        DeviceKind device,
        long seed,
        Precision precision)
        implements Stage {
    /** 1: as first defined. */
    static final int VERSION = 1;

    /** Channels of the noise. */
    static final int CHANNELS = ImageFacts.NOISE_CHANNELS;

    private static final MaskRatio PAPER_RATIO = new MaskRatio(0.75);
    /** Time in which a process starts the engine and draws the weights, seconds. */
    private static final double PROCESS_SECONDS = 2;

    private static final DataIdentity NOISE = new DataIdentity(DataSettings.NOISE, "drawn from the seed");
    private static final double ANY_RATE = 1e-4;
    private static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 0.05, 0);

    /** What is compared. */
    public enum Variant {
        /** Mask tokens enter the encoder; deep decoder. */
        MASK_TOKENS("with-mask-token"),
        /** The encoder sees the kept patches only; deep decoder. */
        DEEP("deep"),
        /** The encoder sees the kept patches only; shallow decoder. */
        SHALLOW("shallow");

        private final String key;

        Variant(String key) {
            this.key = key;
        }

        /** Name in files and metrics. */
        public String key() {
            return key;
        }
    }

    /** What is reported of each variant. */
    public enum Quantity {
        /** Median over the blocks of the time of an image, milliseconds. */
        MILLISECONDS("ms"),
        /** Slowest less fastest block, milliseconds. */
        SPREAD("spread"),
        /** Median time with mask tokens over this one. */
        SPEEDUP("speedup"),
        /** 800 epochs of ImageNet-1K at the median time, hours: extrapolated. */
        HOURS("hours");

        private final String key;

        Quantity(String key) {
            this.key = key;
        }

        /** Name in metrics and columns. */
        public String key() {
            return key;
        }
    }

    /** Checks every field. */
    public WallClockStage {
        requireAtLeast("shallowDepth", shallowDepth, 1);
        requireAtLeast("batch", batch, 0);
        requireAtLeast("blocks", blocks, 1);
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("seconds must be a positive number, got " + seconds);
        }
    }

    private static void requireAtLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", got " + value);
        }
    }

    /** Time of the paper's own model and mask ratio, forward and backward: the same stage for all profiles and seeds. */
    public static WallClockStage paper(CaseStages stages, ModelSettings model) {
        Settings.WallClock timing = stages.settings().wallClock();
        return of(stages, model, 1, PAPER_RATIO, false, timing.batch(), timing.seconds());
    }

    /**
     * Time of the profile's model.
     *
     * @param wholeStep whether the optimiser's update counts
     */
    public static WallClockStage own(CaseStages stages, boolean wholeStep) {
        Settings settings = stages.settings();
        return of(
                stages,
                settings.model(),
                settings.axes().decoderDepths().get(0),
                settings.pretrain().maskRatio(),
                wholeStep,
                settings.pretrain().schedule().microBatch(),
                settings.wallClock().ownSeconds());
    }

    private static WallClockStage of(
            CaseStages stages,
            ModelSettings model,
            int shallowDepth,
            MaskRatio maskRatio,
            boolean wholeStep,
            int batch,
            double seconds) {
        return new WallClockStage(
                VERSION,
                model,
                shallowDepth,
                maskRatio,
                wholeStep,
                batch,
                stages.settings().wallClock().blocks(),
                seconds,
                stages.device(),
                0,
                stages.inputs().precision());
    }

    /** Noise. */
    @Override
    @JsonIgnore
    public DataIdentity data() {
        return NOISE;
    }

    @Override
    public boolean exclusive() {
        return true;
    }

    /** The least that has to be done: a round for warming up and a measured one in every process. */
    @Override
    public double macs(ImageFacts images) {
        double image =
                Arrays.stream(Variant.values()).mapToDouble(this::macsOfImage).sum();
        return 2.0 * blocks * image * mostImages();
    }

    /** Multiply-accumulates, forward and backward, of one image of a variant. */
    public double macsOfImage(Variant variant) {
        ModelSettings timed = model(variant);
        return Flops.TRAINED * Flops.pretrainMacs(timed, recipe(variant, 1), CHANNELS, timed.patchValues(CHANNELS));
    }

    /** Of the least that has to be done; what it takes is the given time, see {@link #leastSeconds}. */
    @Override
    public List<Workload> workload(ImageFacts images, int microBatch) {
        return List.of(new Workload(new Workload.Device(macs(images), 0, 0), Workload.Host.NONE));
    }

    private int mostImages() {
        return batch == 0 ? FittingBatch.most(this) : batch;
    }

    /** Every process starts, warms up for half its measuring time and measures. */
    @Override
    public OptionalDouble leastSeconds() {
        return OptionalDouble.of(blocks * Variant.values().length * (PROCESS_SECONDS + 1.5 * seconds));
    }

    /** Of the process that it starts. */
    @Override
    public double bytes(int channels, int microBatch) {
        return FittingBatch.bytes(this, mostImages());
    }

    @Override
    public StageOutcome compute(StageContext context) {
        return new WallClockMeasurement(this, context.environment()).run();
    }

    @Override
    public List<String> metrics() {
        return Arrays.stream(Variant.values())
                .flatMap(variant -> Arrays.stream(Quantity.values()).map(quantity -> metric(variant, quantity)))
                .toList();
    }

    /** Name of a value among the stage's metrics. */
    public static String metric(Variant variant, Quantity quantity) {
        return variant.key() + "/" + quantity.key();
    }

    /** Architecture of a variant. */
    public ModelSettings model(Variant variant) {
        return variant == Variant.SHALLOW ? model.withDecoderDepth(shallowDepth) : model;
    }

    /**
     * What is computed for a variant.
     *
     * @param images of a round, and of a micro-batch
     */
    public PretrainRecipe recipe(Variant variant, int images) {
        return new PretrainRecipe(
                maskRatio,
                new MaskSampling.Random(),
                variant == Variant.MASK_TOKENS,
                new ReconstructionTarget.Pixel(),
                1,
                Augmentation.NONE,
                1,
                new Schedule(1, 0, images, images, ANY_RATE, 0, 0),
                ADAM);
    }
}
