package io.maeharness.cli;

import io.maeharness.interop.onnx.ModelCard;
import io.maeharness.interop.onnx.OnnxEvaluation;
import io.maeharness.interop.onnx.OnnxModel;
import io.maeharness.workbench.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The evaluation of a model file, for people. */
final class EvaluationText {
    private EvaluationText() {}

    /** How far it is. */
    static String progress(int done, int all, double seconds) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d images, %.0f images/s, about %s left",
                done,
                all,
                done / seconds,
                Durations.words(seconds / done * (all - done)));
    }

    /** What it found, in lines. */
    static List<String> of(Path file, String images, OnnxEvaluation result) {
        return List.of(
                "model     " + file
                        + result.card().map(EvaluationText::described).orElse(""),
                String.format(
                        Locale.ROOT,
                        "data      %s: %,d images, %d x %d x %d, %d classes",
                        images,
                        result.images(),
                        result.channels(),
                        result.imageSize(),
                        result.imageSize(),
                        result.classes()),
                "pixels    mean " + numbers(result.pixels().statistics().mean()) + ", std "
                        + numbers(result.pixels().statistics().deviation()) + " ("
                        + result.pixels().source() + ")",
                "provider  " + result.provider() + ", ONNX Runtime " + OnnxModel.runtimeVersion(),
                String.format(
                        Locale.ROOT,
                        "top-1     %.2f %%%s",
                        result.top1(),
                        result.card()
                                .flatMap(ModelCard::top1)
                                .map(EvaluationText::measured)
                                .orElse("")),
                top5(result),
                String.format(
                        Locale.ROOT,
                        "time      %.1f s, %.0f images/s",
                        result.seconds(),
                        result.images() / result.seconds()));
    }

    /** Five guesses at five classes or fewer are always right, which is no value. */
    private static String top5(OnnxEvaluation result) {
        return "top-5     "
                + result.top5()
                        .map(top5 -> String.format(Locale.ROOT, "%.2f %%", top5))
                        .orElse("– (always right with " + result.classes() + " classes)");
    }

    private static String numbers(List<Double> values) {
        boolean one = values.stream().distinct().count() == 1;
        return values.stream()
                .limit(one ? 1 : values.size())
                .map(value -> new BigDecimal(value)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString())
                .collect(Collectors.joining(" "));
    }

    private static String described(ModelCard card) {
        return ": " + card.kind() + (card.stage().isEmpty() ? "" : " " + card.stage()) + ", trained on "
                + card.dataset() + " in " + card.precision() + ", evaluated in fp32";
    }

    private static String measured(double top1) {
        return String.format(Locale.ROOT, " (its stage measured %.2f %% on its profile's evaluation images)", top1);
    }
}
