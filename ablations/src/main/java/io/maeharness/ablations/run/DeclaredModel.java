package io.maeharness.ablations.run;

import io.maeharness.baselines.tokenizer.TokenizerRecipe;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.interop.exchange.ForeignModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings of a profile with what is said of a model file: its decoder predicts what it was trained to, whatever the
 * profile's own pre-training does.
 *
 * @param settings with the file's target and mask ratio
 * @param outputs values that its decoder predicts for a patch
 * @param drawable whether pixels can be made of what it predicts
 * @param remarks what is known of the file and what is assumed, a clause each
 */
record DeclaredModel(Settings settings, int outputs, boolean drawable, List<String> remarks) {
    private static final String HEADS = "model.encoderHeads";
    private static final String DECODER_HEADS = "model.decoderHeads";
    private static final String PATCH = "model.patchSize";
    private static final String TARGET = "pretrain.target";
    private static final List<String> OF_THE_DECODER = List.of(TARGET, "pretrain.maskRatio", "pretrain.pcaShare");

    /** Copies the list. */
    DeclaredModel {
        remarks = List.copyOf(remarks);
    }

    /**
     * Holds what is said of a file against a profile.
     *
     * @param of the profile, of the file's size
     * @param channels of the images
     * @throws io.maeharness.core.error.HarnessException of kind CHECKPOINT when the file is said to have other heads or
     *     patches than the profile, or a target that is not known
     */
    static DeclaredModel of(ForeignModel file, Settings of, int channels) {
        Map<String, String> said = file.declared();
        ModelSettings model = of.model();
        demand(file, HEADS, model.encoderHeads(), "heads of the encoder's attention");
        demand(file, PATCH, model.patchSize(), "pixels along a side of a patch");
        boolean decoder = file.hasDecoder();
        if (decoder) {
            demand(file, DECODER_HEADS, model.decoderHeads(), "heads of the decoder's attention");
        }
        Settings applied = decoder ? applied(file, of) : of;
        List<String> remarks = new ArrayList<>(file.disbelieved());
        remarks.addAll(heads(file, model, decoder));
        if (decoder) {
            String target = applied.pretrain().target().key() + ", at a mask ratio of "
                    + applied.pretrain().maskRatio().value();
            remarks.add(
                    said.containsKey(TARGET)
                            ? "its decoder predicts the target " + target + ", says " + file.declaredBy()
                            : "nothing says what its decoder predicts: assumed is the profile's target " + target
                                    + "; --set pretrain.target=pixel-norm for normalised pixels");
        }
        // Components are those of the images it was trained on, words those of its tokenizer: neither is in the file.
        boolean pixels = applied.pretrain().target() instanceof ReconstructionTarget.Pixel
                || applied.pretrain().target() instanceof ReconstructionTarget.NormalisedPixel;
        boolean foreign = said.containsKey(TARGET) && !pixels;
        if (foreign && decoder) {
            remarks.add("no pixels can be made of its target without what it was fitted to, so it cannot reconstruct");
        }
        return new DeclaredModel(applied, foreign ? file.predicted() : outputs(applied, channels), !foreign, remarks);
    }

    private static void demand(ForeignModel file, String key, int own, String what) {
        String said = file.declared().get(key);
        if (said != null && !said.equals(Integer.toString(own))) {
            throw file.refused(
                    "it has " + said + " " + what + ", says " + file.declaredBy() + ", the profile's model has " + own,
                    "choose a --profile of its size, or --set " + key + "=" + said);
        }
    }

    private static Settings applied(ForeignModel file, Settings of) {
        Map<String, String> changes = new LinkedHashMap<>();
        OF_THE_DECODER.forEach(key -> {
            if (file.declared().containsKey(key)) {
                changes.put(key, file.declared().get(key));
            }
        });
        try {
            return Overrides.apply(of, changes);
        } catch (InvalidSettingException e) {
            throw file.refused(
                    "what " + file.declaredBy() + " says of its decoder is no target known here (" + e.getMessage()
                            + ")",
                    "import its encoder alone");
        }
    }

    private static List<String> heads(ForeignModel file, ModelSettings model, boolean decoder) {
        boolean own = file.declared().containsKey(HEADS);
        boolean both = own && (!decoder || file.declared().containsKey(DECODER_HEADS));
        String counts =
                model.encoderHeads() + (decoder ? " in the encoder, " + model.decoderHeads() + " in the decoder" : "");
        if (both) {
            return List.of("attention heads: " + counts + ", says " + file.declaredBy());
        }
        return List.of("attention heads: " + counts + ", assumed of the profile, as "
                + (own ? "only the encoder's are said" : "no file says it and no tensor shows it"));
    }

    /** Values that a decoder of these settings predicts for a patch. */
    private static int outputs(Settings of, int channels) {
        return of.pretrain()
                .target()
                .outputs(new ReconstructionTarget.PatchFacts(
                        of.model().patchValues(channels),
                        of.pretrain().pcaShare(),
                        of.recipe(TokenizerRecipe.class).vocabulary()));
    }
}
