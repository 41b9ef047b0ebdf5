package io.maeharness.cli;

import io.maeharness.interop.onnx.PixelChoice;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say by what a foreign model's pixels are standardised. */
final class PixelOptions {
    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "M",
            description = "mean that pixels are standardised by, black at 0 and white at 1: one value, or one a channel"
                    + " (default: what the file or a preprocessor_config.json beside it says, else the data set's)")
    private List<Double> mean = List.of();

    @Option(
            names = "--std",
            split = ",",
            paramLabel = "S",
            description = "standard deviation that pixels are standardised by, as --mean")
    private List<Double> deviation = List.of();

    /** What the options say; nothing where they are not given. */
    PixelChoice.Given given() {
        return new PixelChoice.Given(mean, deviation);
    }
}
