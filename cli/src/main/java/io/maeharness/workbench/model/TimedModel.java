package io.maeharness.workbench.model;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Settings;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.files.FileProblem;
import io.maeharness.files.TemporaryFolder;
import io.maeharness.interop.onnx.ModelCard;
import io.maeharness.interop.onnx.OnnxModel;
import io.maeharness.interop.onnx.Opset;
import io.maeharness.interop.onnx.VitExport;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.StageSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The model whose inference is timed: a file of the user's, or one that is written for it and goes when this is closed.
 *
 * @param file the ONNX file
 * @param card what it says of itself
 * @param folder where it lies, if it was written for this
 */
public record TimedModel(Path file, ModelCard card, Optional<TemporaryFolder> folder) implements AutoCloseable {
    /**
     * The model that a user names.
     *
     * @param named an ONNX file or a stage; empty for the classifier of the session's profile with random weights
     * @param seed of a case
     * @param harnessVersion that a written file names
     * @throws HarnessException of kind CHECKPOINT for a file that does not say its architecture, as {@link StageSelector} for
     *     a stage
     */
    public static TimedModel of(Session session, Optional<String> named, long seed, String harnessVersion) {
        Optional<Path> file = named.map(Path::of).filter(TimedModel::isFile);
        if (file.isPresent()) {
            return new TimedModel(file.get(), card(file.get()), Optional.empty());
        }
        TemporaryFolder folder = temporary();
        try {
            Path written = folder.path().resolve("model.onnx");
            named.ifPresentOrElse(
                    stage -> new ModelExport(session, new StageSelector(session, seed).find(stage), harnessVersion)
                            .onnx(Opset.V17, written),
                    () -> writeUntrained(session.settings(), harnessVersion, written));
            return new TimedModel(written, card(written), Optional.of(folder));
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static boolean isFile(Path path) {
        return path.toString().endsWith(".onnx") || Files.isRegularFile(path);
    }

    private static TemporaryFolder temporary() {
        try {
            return TemporaryFolder.create("mae-bench");
        } catch (IOException e) {
            throw new HarnessException(Kind.DISK, "no temporary file can be made: " + FileProblem.inWords(e), e);
        }
    }

    private static void writeUntrained(Settings settings, String harnessVersion, Path file) {
        DataSource images = settings.data().dataset();
        VitExport.untrained(settings.model(), images.channels(), images.classes(), Opset.V17, harnessVersion, file);
    }

    private static ModelCard card(Path file) {
        try (OnnxModel opened = OnnxModel.open(file, 1)) {
            return opened.card()
                    .orElseThrow(() -> new HarnessException(
                            Kind.CHECKPOINT,
                            "the model " + file + " does not say its architecture, so PyTorch cannot run it; name a"
                                    + " file that ./mae export wrote"));
        }
    }

    /** The architecture, in a line. */
    public String described() {
        ModelSettings vit = card.model();
        return String.format(
                Locale.ROOT,
                "model: %s, %d-d x %d blocks x %d heads, patch %d, images %d x %d x %d; PyTorch, too, in fp32",
                card.kind(),
                vit.encoderDim(),
                vit.encoderDepth(),
                vit.encoderHeads(),
                vit.patchSize(),
                card.statistics().channels(),
                vit.imageSize(),
                vit.imageSize());
    }

    @Override
    public void close() {
        folder.ifPresent(TemporaryFolder::close);
    }
}
