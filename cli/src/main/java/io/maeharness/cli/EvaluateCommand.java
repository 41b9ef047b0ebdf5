package io.maeharness.cli;

import io.maeharness.cli.progress.Screen;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.StageData;
import io.maeharness.interop.onnx.OnnxEvaluation;
import io.maeharness.interop.onnx.OnnxModel;
import io.maeharness.workbench.model.EvaluationImages;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae evaluate}. */
@Command(
        name = "evaluate",
        description = "Measure the accuracy of an ONNX file through ONNX Runtime on the profile's evaluation images.")
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "a classifier's .onnx file, images [N, C, S, S] in, logits out")
    private Path file = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "NAME|DIR",
            description = "bundled, fashion-mnist, cifar10, imagefolder, or the directory of an image folder: all its"
                    + " test images (default: the evaluation images of the profile)")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description =
                    "auto, cpu, gpu or gpu:N; auto is the CUDA provider where ONNX Runtime has it (default: auto)")
    private String device = "auto";

    @Mixin
    private PixelOptions pixels = new PixelOptions();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Override
    public Integer call() {
        OnnxModel.requireFile(file);
        Settings settings = options.settings();
        Terminal terminal = Terminal.of(spec);
        StageData images = new EvaluationImages(settings, data, options.images(terminal.err())).open();
        OnnxEvaluation result;
        try (Screen screen = Screen.of(terminal.out())) {
            long begun = System.nanoTime();
            result = OnnxEvaluation.of(
                    file,
                    images,
                    settings.model().imageSize(),
                    pixels.given(),
                    device,
                    (done, all) -> screen.status(
                            List.of(EvaluationText.progress(done, all, (System.nanoTime() - begun) / 1e9))));
        }
        EvaluationText.of(file, images.held().name(), result).forEach(terminal::say);
        return ExitCode.OK.code();
    }
}
