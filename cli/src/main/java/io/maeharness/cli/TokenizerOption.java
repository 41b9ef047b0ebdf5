package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.UserTokenizer;
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
        return session.with(UserTokenizer.of(file.get(), pixels, data, session));
    }

    private static void refuseWithoutModel(String option, Optional<String> value) {
        value.ifPresent(given -> {
            throw new HarnessException(
                    Kind.USAGE, option + " " + given + " says something of a model; name it with --tokenizer FILE");
        });
    }
}
