package io.maeharness.interop.exchange;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.error.HarnessException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A file of weights with the tensors under their official names, to be fitted to a model. */
public final class ForeignModel implements AutoCloseable {
    private final ForeignCheckpoint file;
    private final OfficialTensors tensors;
    private Declaration declaration;

    private ForeignModel(ForeignCheckpoint file, OfficialTensors tensors) {
        this.file = file;
        this.tensors = tensors;
    }

    /**
     * Opens a PyTorch checkpoint or safetensors file under the official or Hugging Face's names.
     *
     * @throws io.maeharness.core.error.HarnessException of kind CHECKPOINT when it cannot be used
     */
    public static ForeignModel open(Path path) {
        ForeignCheckpoint file = ForeignCheckpoint.open(path);
        try {
            return new ForeignModel(file, OfficialTensors.of(file));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * What is said of the model beside its tensors, by key of a profile: {@code model.encoderHeads},
     * {@code model.decoderHeads}, {@code model.patchSize}, {@code pretrain.target}, {@code pretrain.maskRatio} and
     * {@code pretrain.pcaShare}; what nobody says is absent.
     *
     * @throws io.maeharness.core.error.HarnessException of kind CHECKPOINT when a {@code config.json} beside it is no JSON
     */
    public Map<String, String> declared() {
        return declaration().values();
    }

    /** Who says what {@link #declared} holds, to follow "says"; empty when nobody does. */
    public String declaredBy() {
        return declaration().source();
    }

    /** What a user should know of what is said and was not believed, a clause each. */
    public List<String> disbelieved() {
        return declaration().remarks();
    }

    private Declaration declaration() {
        if (declaration == null) {
            declaration = Declaration.of(file, tensors);
        }
        return declaration;
    }

    /** Whether the file has a decoder. */
    public boolean hasDecoder() {
        return tensors.names().stream().anyMatch(OfficialNames::isDecoder);
    }

    /** Values that the file's decoder predicts for a patch; 0 where it has none. */
    public int predicted() {
        return tensors.shape("decoder_pred.weight")
                .filter(shape -> !shape.isEmpty() && shape.get(0) <= Integer.MAX_VALUE)
                .map(shape -> shape.get(0).intValue())
                .orElse(0);
    }

    /**
     * A reason why the file does not do.
     *
     * @param problem what is wrong, to follow "does not fit:"
     * @param wayOut what to do
     * @return of kind CHECKPOINT, naming the file
     */
    public HarnessException refused(String problem, String wayOut) {
        return file.refused(problem, wayOut);
    }

    /** SHA-256 of the file, hexadecimal. */
    public String digest() {
        return file.digest();
    }

    /** Whether an encoder of these settings has as many blocks, as wide, as the file's. */
    public boolean isOfSize(ModelSettings model) {
        return tensors.width() == model.encoderDim() && tensors.depth() == model.encoderDepth();
    }

    /** Blocks and width of the file's encoder, for a message. */
    public String size() {
        return tensors.depth() + " blocks of width " + tensors.width();
    }

    /** Whether removed patches enter its encoder, as in table 1c. */
    public boolean encoderMaskTokens() {
        return tensors.has("encoder_mask_token");
    }

    /** Names of the tensors as the file has them, in its order. */
    public List<String> names() {
        return List.copyOf(file.tensors().keySet());
    }

    /**
     * Fits the file to a model.
     *
     * @param model encoder and decoder that are expected; a file without a decoder needs only the encoder
     * @param channels C of the images
     * @param outputs values that the decoder predicts for a patch
     * @throws io.maeharness.core.error.HarnessException of kind CHECKPOINT that names a wrong size, a missing or an extra
     *     tensor with both shapes
     */
    public EncoderFit fit(ModelSettings model, int channels, int outputs) {
        return EncoderFit.of(tensors, model, channels, outputs);
    }

    @Override
    public void close() {
        file.close();
    }
}
