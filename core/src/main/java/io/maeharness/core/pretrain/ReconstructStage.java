package io.maeharness.core.pretrain;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.model.BlockStack;
import io.maeharness.core.model.Flops;
import io.maeharness.core.model.TrainingMemory;
import io.maeharness.core.model.TransformerWork;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageInputs;
import io.maeharness.core.stage.StageKind;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.core.stage.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures of validation images: original, masked, reconstruction; yields {@code loss} on them.
 *
 * @param encoder the pre-training whose decoder draws
 * @param images how many pictures
 */
@StageKind(name = "reconstruct", version = ReconstructStage.VERSION)
public record ReconstructStage(
        int version,
        DataIdentity data,
        ModelSettings model,
        EncoderStage encoder,
        int images,
        long seed,
        Precision precision)
        implements Stage {
    /** 2: as of the encoder that draws. */
    static final int VERSION = 2;

    /** Name of the picture in the stage's directory. */
    public static final String PICTURE = "reconstruction.png";

    /** Pictures that an encoder's decoder completes, whatever its size. */
    public static ReconstructStage of(StageInputs inputs, EncoderStage encoder, int images) {
        return new ReconstructStage(
                VERSION, inputs.data(), encoder.model(), encoder, images, inputs.seed(), inputs.precision());
    }

    @Override
    public Optional<Stage> parent() {
        return Optional.of(encoder);
    }

    @Override
    public List<String> metrics() {
        return List.of("loss");
    }

    @Override
    public Drawings drawings() {
        return Drawings.BY_CASE;
    }

    @Override
    public String caption(String file, Map<String, Double> values) {
        PretrainRecipe recipe = encoder.decoding().orElseThrow();
        String author =
                encoder.source().map(source -> "Drawn by " + source + ". ").orElse("");
        return author + "Validation images: original, masked ("
                + Math.round(recipe.maskRatio().percent()) + " % removed, "
                + recipe.maskSampling().key() + " sampling), reconstruction from the visible patches."
                + recipe.target().remark();
    }

    @Override
    public double macs(ImageFacts facts) {
        return encoder.macsOfImage(facts.channels()) / Flops.TRAINED * images;
    }

    @Override
    public List<Workload> workload(ImageFacts facts, int microBatch) {
        return List.of(TransformerWork.forward(precision, BlockStack.encoder(model), BlockStack.decoder(model))
                .forward(images, images, macs(facts) / images, Workload.Host.views(images, model.pixels())));
    }

    @Override
    public double bytes(int channels, int microBatch) {
        return TrainingMemory.frozen(model, channels);
    }

    @Override
    public StageOutcome compute(StageContext context) {
        context.data().requireValidation();
        context.environment().progress().phase("drawing reconstructions");
        double loss = new Reconstruction(this, context.data(), context.manager())
                .draw(context.weightsOf(encoder), context.directoryOf(this));
        return StageOutcome.of(Map.of("loss", loss));
    }
}
