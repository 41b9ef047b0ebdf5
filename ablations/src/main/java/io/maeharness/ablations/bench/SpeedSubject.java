package io.maeharness.ablations.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.config.AdamSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.Settings;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.model.Flops;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.core.stage.Precision;
import java.util.Locale;

/**
 * What {@code mae bench pretrain}, {@code mae bench features} and {@code mae check --speed} time: a step on one core and its size.
 *
 * @param work which step
 * @param name of the configuration, for the reader
 * @param model its sizes
 * @param recipe mask ratio, mask tokens and micro-batch
 * @param channels of an image
 * @param batch images of a step
 * @param precision of the matrix products, of the step as of the ceiling
 */
public record SpeedSubject(
        Work work,
        String name,
        ModelSettings model,
        PretrainRecipe recipe,
        int channels,
        int batch,
        Precision precision) {
    /** What a step does. */
    public enum Work {
        /** Forward, backward and AdamW of pre-training, patches masked. */
        PRETRAIN,
        /** Forward, backward and AdamW of fine-tuning, all patches. */
        FINETUNE,
        /** Frozen features of whole images, as linear probing and nearest neighbours compute them. */
        FEATURES
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COLOURS = 3;
    private static final int REFERENCE_BATCH = 256;
    private static final int REFERENCE_MICRO_BATCH = 128;
    private static final int REFERENCE_SIZE = 32;
    private static final int MOST_FEATURES = 64;
    private static final int FEWEST_FEATURES = 8;
    private static final int FEATURE_PIXELS = 1 << 20;
    private static final double FLOPS_A_MAC = 2;

    /** Checks that there is an image. */
    public SpeedSubject {
        if (batch < 1 || channels < 1) {
            throw new IllegalArgumentException("a step needs an image of a channel or more, got " + batch
                    + " images of " + channels + " channels");
        }
    }

    /**
     * The reference configuration, which other machines and programs are compared with: 32x32 images of 3 channels,
     * patch 4, encoder 192-d x 6 x 3 heads, decoder 96-d x 2 x 3 heads, batch 256 for a step of pre-training and 64 for
     * features, mask ratio 75 %.
     */
    public static SpeedSubject reference(Work work, Precision precision) {
        PretrainRecipe recipe = new PretrainRecipe(
                new MaskRatio(0.75),
                new MaskSampling.Random(),
                false,
                new ReconstructionTarget.Pixel(),
                0.125,
                Augmentation.NONE,
                0.2,
                new Schedule(1, 0, REFERENCE_BATCH, REFERENCE_MICRO_BATCH, 1e-4, 0, 0),
                new AdamSettings(0.9, 0.95, 0.05, 0));
        return new SpeedSubject(
                work,
                "reference",
                new ModelSettings(REFERENCE_SIZE, 4, 192, 6, 3, 96, 2, 3, 4),
                recipe,
                COLOURS,
                work == Work.FEATURES ? featureBatch(REFERENCE_SIZE) : REFERENCE_BATCH,
                precision);
    }

    /** Pre-training or features of a profile, as its stages compute them. */
    public static SpeedSubject of(Settings settings, Work work, Precision precision) {
        return new SpeedSubject(
                work,
                "profile " + settings.name(),
                settings.model(),
                settings.pretrain(),
                settings.data().dataset().channels(),
                work == Work.PRETRAIN
                        ? settings.pretrain().schedule().microBatch()
                        : featureBatch(settings.model().imageSize()),
                precision);
    }

    /** Images that a stage takes at once when it computes features of a side, in pixels. */
    public static int featureBatch(int size) {
        return Math.max(FEWEST_FEATURES, Math.min(MOST_FEATURES, FEATURE_PIXELS / (size * size)));
    }

    /** The same with fewer images a step. */
    public SpeedSubject withBatch(int images) {
        return new SpeedSubject(work, name, model, recipe, channels, images, precision);
    }

    /** The recipe of a step: its batch, in micro-batches no larger than it. */
    PretrainRecipe stepRecipe() {
        int micro = Math.min(batch, recipe.schedule().microBatch());
        return new PretrainRecipe(
                recipe.maskRatio(),
                recipe.maskSampling(),
                recipe.encoderMaskTokens(),
                recipe.target(),
                recipe.pcaShare(),
                recipe.augmentation(),
                recipe.minCropScale(),
                new Schedule(1, 0, batch, micro, 1e-4, 0, 0),
                recipe.adam());
    }

    /** Floating-point operations for an image, class token and attention included: 6 a multiply-accumulate in training. */
    public double imageFlops() {
        return switch (work) {
            case PRETRAIN ->
                Flops.TRAINING_FLOPS_PER_MAC * Flops.pretrainMacs(model, recipe, channels, model.patchValues(channels));
            case FINETUNE -> Flops.TRAINING_FLOPS_PER_MAC * Flops.classifierMacs(model, channels, FinetuneStep.CLASSES);
            case FEATURES -> FLOPS_A_MAC * Flops.classifierMacs(model, channels, 0);
        };
    }

    /** Model, batch and precision on one line. */
    String line() {
        String decoder = String.format(
                Locale.ROOT,
                ", decoder %d-d x %d x %d, mask %.0f %%",
                model.decoderDim(),
                model.decoderDepth(),
                model.decoderHeads(),
                recipe.maskRatio().percent());
        return String.format(
                Locale.ROOT,
                "%s: %dx%d, patch %d, encoder %d-d x %d x %d%s, batch %d, %s, one core",
                name,
                model.imageSize(),
                model.imageSize(),
                model.patchSize(),
                model.encoderDim(),
                model.encoderDepth(),
                model.encoderHeads(),
                work == Work.PRETRAIN ? decoder : "",
                batch,
                format());
    }

    /** {@code fp32} or {@code bf16}. */
    public String format() {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    /** The form in which a process gets it. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is timed cannot be written as JSON: " + this, e);
        }
    }

    /** Reads what {@link #toJson} wrote. */
    public static SpeedSubject fromJson(String json) {
        try {
            return JSON.readValue(json, SpeedSubject.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not what a benchmark times: " + e.getOriginalMessage(), e);
        }
    }
}
