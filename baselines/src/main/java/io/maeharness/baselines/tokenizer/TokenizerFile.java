package io.maeharness.baselines.tokenizer;

import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.files.AtomicFile;
import io.maeharness.files.FileProblem;
import io.maeharness.files.Sha256;
import io.maeharness.interop.onnx.OnnxModel;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The ONNX model of a tokenizer: in the directory of its stage, or, for one that a user supplied, beside the stages, where
 * it outlives a stage that is run again.
 */
public final class TokenizerFile {
    /** Its name in the directory of a stage. */
    public static final String NAME = "encoder.onnx";

    private static final int SHOWN_DIGITS = 20;

    private TokenizerFile() {}

    static Path of(TokenizerStage stage, StageContext context) {
        return stage.leaves(context.environment().stagesDirectory());
    }

    /**
     * Where a model lies that the user supplied.
     *
     * @param stages directory of all stages
     * @param digest of the file
     */
    static Path supplied(Path stages, String digest) {
        return stages.resolve("tokenizer-" + digest.substring(0, SHOWN_DIGITS) + ".onnx");
    }

    /**
     * Copies a model that a user supplied to where its stage looks for it.
     *
     * @param stages directory of all stages
     * @param digest of the file
     * @throws HarnessException of kind DISK when that is not possible
     */
    public static void install(Path file, Path stages, String digest) {
        Path target = supplied(stages, digest);
        if (Files.isRegularFile(target) && digest(target).equals(digest)) {
            return;
        }
        try {
            AtomicFile.stream(target, channel -> Files.copy(file, Channels.newOutputStream(channel)));
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK,
                    "cannot copy " + file + " to " + target + " (" + FileProblem.inWords(e) + ")",
                    e);
        }
    }

    /** Opens it for one batch after another, on one thread where the stage has one. */
    static OnnxModel open(TokenizerStage stage, StageContext context) {
        Path file = of(stage, context);
        if (!Files.isRegularFile(file)) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT,
                    "the tokenizer " + file + " is missing; run the case again: it is then made anew");
        }
        boolean processor = DeviceKind.of(context.environment().device()) == DeviceKind.CPU;
        return OnnxModel.open(file, processor ? 1 : Runtime.getRuntime().availableProcessors());
    }

    /**
     * SHA-256 of a file, 64 hexadecimal digits.
     *
     * @throws HarnessException of kind CHECKPOINT when it cannot be read
     */
    public static String digest(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT,
                    "the tokenizer " + file + " cannot be read (" + FileProblem.inWords(e) + ")",
                    e);
        }
    }
}
