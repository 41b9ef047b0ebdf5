package io.maeharness.interop.exchange;

import io.maeharness.core.config.ModelSettings;
import java.nio.file.Path;
import java.util.List;

/** A file of weights with the tensors under their official names, to be fitted to a model. */
public final class ForeignModel implements AutoCloseable {
    private final ForeignCheckpoint file;
    private final OfficialTensors tensors;

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
