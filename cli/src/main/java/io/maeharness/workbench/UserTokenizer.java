package io.maeharness.workbench;

import io.maeharness.ablations.stages.SuppliedModel;
import io.maeharness.baselines.tokenizer.PixelMapping;
import io.maeharness.baselines.tokenizer.SuppliedTokenizer;
import io.maeharness.baselines.tokenizer.TokenizerFile;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A tokenizer of the user's, such as DALL-E's encoder, that fits the patches and the images of a session.
 *
 * @param model what identifies it
 * @param file where the user has it
 */
public record UserTokenizer(SuppliedModel model, Path file) {
    /**
     * Checks a file.
     *
     * @param pixels what the model takes for a pixel, where the user says so
     * @param dataset what it was trained on, where the user says so
     * @param session that is to tokenize with it
     * @throws HarnessException of kind USAGE for unknown pixels, CHECKPOINT when the model does not fit the patches or the
     *     images
     */
    public static UserTokenizer of(Path file, Optional<String> pixels, Optional<String> dataset, Session session) {
        Path path = file.toAbsolutePath();
        Optional<PixelMapping> asked = pixels.map(UserTokenizer::mapping);
        SuppliedTokenizer fit = SuppliedTokenizer.of(path, session.settings().model(), session.channels());
        try {
            SuppliedModel model = new SuppliedModel(
                    TokenizerFile.digest(path), fit.vocabulary(), fit.size(), fit.pixels(asked), fit.dataset(dataset));
            return new UserTokenizer(model, path);
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.CHECKPOINT, "--tokenizer " + path + " does not fit: " + e.getMessage(), e);
        }
    }

    private static PixelMapping mapping(String pixels) {
        try {
            return PixelMapping.of(pixels);
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.USAGE, "--tokenizer-pixels: " + e.getMessage(), e);
        }
    }

    /** Copies the file to where workers find it. */
    void install(Path stages) {
        TokenizerFile.install(file, stages, model.digest());
    }
}
