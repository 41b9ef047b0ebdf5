package io.maeharness.workbench.model;

import io.maeharness.ablations.worker.FinishedStages.Finished;
import io.maeharness.core.device.EngineNatives;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.Stage;
import io.maeharness.interop.onnx.Opset;
import io.maeharness.interop.onnx.StageExport;
import io.maeharness.workbench.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A finished stage of a session as a file for other programs.
 *
 * @param session whose stage
 * @param finished the stage
 * @param harnessVersion that the file names as its writer
 */
public record ModelExport(Session session, Finished finished, String harnessVersion) {
    private static final int SHORT_HASH = 10;

    /** Formats by their file's ending. */
    public enum Format {
        /** A graph with its weights. */
        onnx,
        /** Weights alone. */
        safetensors
    }

    /**
     * Writes the file.
     *
     * @param opset operators of an ONNX file
     * @param target where it goes; empty for the kind and the hash of the stage as its name, in the directory of this process
     * @return the files written
     * @throws HarnessException of kind USAGE when something else than a model would be written over
     */
    public List<Path> write(Format format, Opset opset, Optional<Path> target) {
        Path file = file(format, target);
        return format == Format.onnx ? onnx(opset, file) : export().safetensors(file);
    }

    List<Path> onnx(Opset opset, Path file) {
        return export().onnx(opset, file);
    }

    /** The stage and what it measured, in a line. */
    public String described() {
        Stage stage = finished.stage();
        return finished.hash() + ", " + stage.kind() + " on "
                + stage.data().settings().dataset().key()
                + stage.parent().map(parent -> " from " + parent.kind()).orElse("")
                + finished.metric("top1")
                        .map(top1 -> String.format(Locale.ROOT, ", top-1 %.2f %%", top1))
                        .orElse("");
    }

    private StageExport export() {
        EngineNatives.prepare(); // This process loads the engine itself.
        return new StageExport(
                finished.stage(),
                session.output().stages(),
                session.dataDirectory(),
                finished.metric("top1"),
                harnessVersion);
    }

    private Path file(Format format, Optional<Path> target) {
        Path file = target.orElseGet(() -> Path.of(
                finished.stage().kind() + "-" + finished.hash().substring(0, SHORT_HASH) + "." + format.name()));
        if (Files.isDirectory(file)) {
            throw new HarnessException(Kind.USAGE, "--to " + file + " is a directory; name a file in it");
        }
        boolean ofTheRun =
                file.toAbsolutePath().normalize().startsWith(session.output().stages());
        if (ofTheRun || (Files.exists(file) && !isModel(file))) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--to " + file
                            + (ofTheRun
                                    ? " lies among the stages of the run directory; name a file elsewhere"
                                    : " exists and is no .onnx or .safetensors file; name another or remove it"));
        }
        return file;
    }

    private static boolean isModel(Path file) {
        return Arrays.stream(Format.values()).anyMatch(kind -> file.toString().endsWith("." + kind.name()));
    }
}
