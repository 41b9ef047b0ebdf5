package io.maeharness.cli;

import io.maeharness.ablations.stages.SuppliedModel;
import io.maeharness.baselines.tokenizer.PixelMapping;
import io.maeharness.baselines.tokenizer.SuppliedTokenizer;
import io.maeharness.baselines.tokenizer.TokenizerFile;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that put somebody's tokenizer, such as DALL-E's encoder, in place of one trained on the images. */
final class TokenizerOption {
    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "tokenize with an ONNX model, pictures [N, C, S, S] to logits [N, V, g, g] with one word a"
                    + " patch, such as DALL-E's encoder (default: one trained on the same images)")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--tokenizer-pixels",
            paramLabel = "NAME",
            description = "what that model takes for a pixel: dall-e (0.1 to 0.9), unit (0 to 1) or standardised"
                    + " (default: what the file says, as those of this harness do, else dall-e)")
    private Optional<String> pixels = Optional.empty();

    @Option(
            names = "--tokenizer-data",
            paramLabel = "NAME",
            description = "what that model was trained on, for the rows that use it (default: what the file says)")
    private Optional<String> data = Optional.empty();

    /**
     * A checked model and its file.
     *
     * @param model what identifies it
     * @param file where the user has it
     */
    record Supplied(SuppliedModel model, Path file) {
        /** Copies the file to where workers find it. */
        void install(Path stages) {
            TokenizerFile.install(file, stages, model.digest());
        }
    }

    /**
     * The session with the tokenizer of the command line; the session itself without the option.
     *
     * @throws HarnessException of kind USAGE for unknown pixels, CHECKPOINT when the model does not fit the patches or the
     *     images
     */
    Session applied(Session session) {
        if (file.isEmpty()) {
            refuseWithoutModel("--tokenizer-pixels", pixels);
            refuseWithoutModel("--tokenizer-data", data);
            return session;
        }
        Path path = file.get().toAbsolutePath();
        Optional<PixelMapping> asked = pixels.map(TokenizerOption::mapping);
        SuppliedTokenizer fit = SuppliedTokenizer.of(path, session.settings().model(), session.channels());
        return session.with(new Supplied(model(path, fit, asked), path));
    }

    private static void refuseWithoutModel(String option, Optional<String> value) {
        value.ifPresent(given -> {
            throw new HarnessException(
                    Kind.USAGE, option + " " + given + " says something of a model; name it with --tokenizer FILE");
        });
    }

    private SuppliedModel model(Path path, SuppliedTokenizer fit, Optional<PixelMapping> asked) {
        try {
            return new SuppliedModel(
                    TokenizerFile.digest(path),
                    fit.vocabulary(),
                    fit.size(),
                    fit.pixels(asked).key(),
                    fit.dataset(data));
        } catch (IllegalArgumentException e) {
            throw new HarnessException(Kind.CHECKPOINT, "--tokenizer " + path + " does not fit: " + e.getMessage(), e);
        }
    }

    private static PixelMapping mapping(String pixels) {
        try {
            return PixelMapping.of(pixels);
        } catch (IllegalArgumentException e) {
            throw new HarnessException(Kind.USAGE, "--tokenizer-pixels: " + e.getMessage(), e);
        }
    }
}
