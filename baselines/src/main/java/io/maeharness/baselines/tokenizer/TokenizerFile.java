package io.maeharness.baselines.tokenizer;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.interop.onnx.OnnxModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
            Files.createDirectories(stages);
            Path part = stages.resolve(target.getFileName() + ".part");
            Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK,
                    "cannot copy " + file + " to " + target + " (" + e.getMessage() + ")",
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
        boolean processor = context.environment().device().equals("cpu");
        return OnnxModel.open(file, processor ? 1 : Runtime.getRuntime().availableProcessors());
    }

    /**
     * SHA-256 of a file, 64 hexadecimal digits.
     *
     * @throws HarnessException of kind CHECKPOINT when it cannot be read
     */
    public static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT,
                    "the tokenizer " + file + " cannot be read (" + e.getMessage() + ")",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
