package io.maeharness.cli;

import io.maeharness.cli.progress.Durations;
import io.maeharness.cli.progress.Screen;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.StageData;
import io.maeharness.interop.onnx.ModelCard;
import io.maeharness.interop.onnx.OnnxEvaluation;
import io.maeharness.interop.onnx.OnnxModel;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private SettingsOptions options = new SettingsOptions();

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file)) {
            throw new HarnessException(
                    Kind.CHECKPOINT, "the model " + file + " does not exist; ./mae export writes one");
        }
        Settings settings = options.settings();
        StageData images = StageData.of(settings(settings), directory());
        OnnxEvaluation result;
        try (Screen screen = Screen.of(spec.commandLine().getOut())) {
            long begun = System.nanoTime();
            result = OnnxEvaluation.of(
                    file,
                    images,
                    settings.model().imageSize(),
                    device,
                    (done, all) -> screen.status(List.of(progress(done, all, (System.nanoTime() - begun) / 1e9))));
        }
        print(result, images);
        return ExitCode.OK.code();
    }

    private static String progress(int done, int all, double seconds) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d images, %.0f images/s, about %s left",
                done,
                all,
                done / seconds,
                Durations.words(seconds / done * (all - done)));
    }

    /** The profile's images, or all test images of the data set that {@code --data} names. */
    private DataSettings settings(Settings profile) {
        if (data.isEmpty()) {
            return profile.data();
        }
        String name = isDirectory() ? DataSource.IMAGE_FOLDER.key() : known(data.get());
        return Overrides.apply(profile, Map.of("data.dataset", name, "data.testLimit", "0", "data.evaluateOn", "test"))
                .data();
    }

    private static String known(String name) {
        List<String> keys =
                Arrays.stream(DataSource.values()).map(DataSource::key).toList();
        if (!keys.contains(name)) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--data takes " + String.join(", ", keys) + " or the directory of an image folder, got '" + name
                            + "', which is neither");
        }
        return name;
    }

    private Optional<Path> directory() {
        return isDirectory() ? data.map(Path::of) : options.dataDirectory();
    }

    private boolean isDirectory() {
        return data.isPresent() && Files.isDirectory(Path.of(data.get()));
    }

    private void print(OnnxEvaluation result, StageData images) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "model     %s%s%n",
                file, result.card().map(EvaluateCommand::described).orElse(""));
        out.printf(
                "data      %s: %,d images, %d x %d x %d, %d classes%n",
                images.held().name(),
                result.images(),
                result.channels(),
                result.imageSize(),
                result.imageSize(),
                result.classes());
        out.printf("provider  %s, ONNX Runtime %s%n", result.provider(), OnnxModel.runtimeVersion());
        out.printf(
                Locale.ROOT,
                "top-1     %.2f %%%s%n",
                result.top1(),
                result.card()
                        .flatMap(ModelCard::top1)
                        .map(EvaluateCommand::measured)
                        .orElse(""));
        out.printf(Locale.ROOT, "top-5     %.2f %%%n", result.top5());
        out.printf(
                Locale.ROOT, "time      %.1f s, %.0f images/s%n", result.seconds(), result.images() / result.seconds());
        out.flush();
    }

    private static String described(ModelCard card) {
        return ": " + card.kind() + (card.stage().isEmpty() ? "" : " " + card.stage()) + ", trained on "
                + card.dataset() + " in " + card.precision() + ", evaluated in fp32";
    }

    private static String measured(double top1) {
        return String.format(Locale.ROOT, " (its stage measured %.2f %% on its profile's evaluation images)", top1);
    }
}
