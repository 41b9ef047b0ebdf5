package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.image.PixelStatistics;
import io.maeharness.interop.onnx.OnnxEvaluation;
import io.maeharness.interop.onnx.PixelChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTextTest {
    private static List<String> text(int classes, Optional<Double> top5, PixelStatistics pixels) {
        PixelChoice choice = new PixelChoice(pixels, "given");
        return EvaluationText.of(
                Path.of("model.onnx"),
                "images",
                new OnnxEvaluation(Optional.empty(), 32, 3, classes, 9, 50, top5, choice, "CPU (2 nodes)", 1));
    }

    @Test
    void topFiveOfFiveClassesIsNoValue() {
        PixelStatistics half = new PixelStatistics(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
        List<String> said = text(5, Optional.empty(), half);
        assertTrue(said.contains("top-5     – (always right with 5 classes)"), said.toString());
        assertTrue(said.contains("pixels    mean 0.5, std 0.5 (given)"), said.toString());
    }

    @Test
    void eachChannelsPixelsAreShownWhereTheyDiffer() {
        List<String> said = text(6, Optional.of(100.0), PixelStatistics.IMAGENET);
        assertTrue(said.contains("top-5     100.00 %"), said.toString());
        assertTrue(said.contains("pixels    mean 0.485 0.456 0.406, std 0.229 0.224 0.225 (given)"), said.toString());
    }
}
