package io.maeharness.interop.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.interop.exchange.JsonBeside;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * By which mean and deviation the images of a model are standardised, and who said so: the accuracy of a classifier falls
 * by points where it is another than it was trained with, and nothing else tells.
 *
 * @param statistics of each channel, with black at 0 and white at 1
 * @param source who says so, as a clause
 */
public record PixelChoice(PixelStatistics statistics, String source) {
    static final String PREPROCESSOR = "preprocessor_config.json";
    static final String TIMM = "config.json";
    private static final double LEVELS = 255;

    /**
     * Mean and deviation that a user gives.
     *
     * @param mean one value, or one a channel; none where the user gives none
     * @param deviation the same
     */
    public record Given(List<Double> mean, List<Double> deviation) {
        /** Nothing is given. */
        public static final Given NOTHING = new Given(List.of(), List.of());

        /**
         * Checks that both are there or neither.
         *
         * @throws HarnessException of kind USAGE
         */
        public Given {
            mean = List.copyOf(mean);
            deviation = List.copyOf(deviation);
            if (mean.isEmpty() != deviation.isEmpty()) {
                throw usage((mean.isEmpty() ? "--std is given without --mean" : "--mean is given without --std")
                        + "; a model is standardised by both, such as --mean 0.5 --std 0.5");
            }
            check("--mean", mean, value -> value >= 0 && value <= 1, "from 0 to 1");
            check("--std", deviation, value -> value > 0 && value <= 1, "above 0 and not above 1");
        }

        private static void check(
                String option, List<Double> values, java.util.function.DoublePredicate fits, String range) {
            values.stream().filter(value -> !fits.test(value)).findFirst().ifPresent(value -> {
                throw usage(option + " takes numbers " + range + ", where black is 0 and white is 1, got " + value);
            });
        }

        private Optional<PixelStatistics> statistics(int channels) {
            return mean.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PixelStatistics(
                            spread("--mean", mean, channels), spread("--std", deviation, channels)));
        }

        private static List<Double> spread(String option, List<Double> values, int channels) {
            if (values.size() != 1 && values.size() != channels) {
                throw usage(option + " has " + values.size() + " values, the images have " + channels
                        + " channels; give one value, or one a channel");
            }
            return values.size() == channels ? values : Collections.nCopies(channels, values.get(0));
        }

        private static HarnessException usage(String message) {
            return new HarnessException(HarnessException.Kind.USAGE, message);
        }
    }

    /**
     * Chooses: what the file says, else what is given, else what lies beside the file, else those of the data set.
     *
     * @throws HarnessException of kind USAGE when what is given contradicts the file; of kind CHECKPOINT when what lies
     *     beside it is no good
     */
    static PixelChoice of(Path file, Optional<ModelCard> card, Given given, PixelStatistics images) {
        Optional<PixelStatistics> asked = given.statistics(images.channels());
        if (card.isPresent()) {
            PixelStatistics own = card.get().statistics();
            if (asked.isPresent() && !asked.get().equals(own)) {
                throw new HarnessException(
                        HarnessException.Kind.USAGE,
                        "the model " + file + " says itself that its pixels have mean " + own.mean() + " and std "
                                + own.deviation() + "; leave --mean and --std out");
            }
            return new PixelChoice(own, "the file says so");
        }
        return asked.map(statistics -> new PixelChoice(statistics, "given"))
                .or(() -> beside(file, images.channels()))
                .orElseGet(() -> new PixelChoice(
                        images,
                        "assumed: those of the data set, as the file does not say; --mean and --std say otherwise"));
    }

    /** The same, and what a file beside the model says of its images that is not done here; an export says all itself. */
    PixelChoice withPreparation(Path file, Optional<ModelCard> card, int side) {
        return card.isPresent()
                ? this
                : PreparationBeside.otherwise(file, side)
                        .map(otherwise -> new PixelChoice(statistics, source + "; " + otherwise))
                        .orElse(this);
    }

    private static Optional<PixelChoice> beside(Path file, int channels) {
        return JsonBeside.read(file, PREPROCESSOR)
                .flatMap(json -> preprocessor(file, json, channels))
                .or(() -> JsonBeside.read(file, TIMM)
                        .map(json -> json.path("pretrained_cfg"))
                        .filter(json -> json.has("mean") && json.has("std"))
                        .map(json -> new PixelChoice(
                                new PixelStatistics(
                                        numbers(file, TIMM, json, "mean", channels, 0),
                                        numbers(file, TIMM, json, "std", channels, 1)),
                                "from " + TIMM + " beside it")));
    }

    /** Hugging Face's image processors: (level * rescale_factor - mean) / std, each step unless it is switched off. */
    private static Optional<PixelChoice> preprocessor(Path file, JsonNode json, int channels) {
        boolean normalises = json.path("do_normalize").asBoolean(json.has("image_mean"));
        boolean rescales = json.path("do_rescale").asBoolean(true);
        if (!normalises && !json.has("do_normalize") && !json.has("do_rescale") && !json.has("rescale_factor")) {
            return Optional.empty(); // Of something else than images.
        }
        if (json.path("rescale_offset").asBoolean(false)) {
            throw unfit(file, PREPROCESSOR, "'rescale_offset' is on, which is not done here");
        }
        double factor = rescales ? json.path("rescale_factor").asDouble(1 / LEVELS) : 1;
        if (!(factor > 0) || !Double.isFinite(factor)) {
            throw unfit(file, PREPROCESSOR, "'rescale_factor' is " + factor + ", no positive number");
        }
        double white = factor * LEVELS;
        List<Double> mean = normalises
                ? numbers(file, PREPROCESSOR, json, "image_mean", channels, 0)
                : Collections.nCopies(channels, 0.0);
        List<Double> deviation = normalises
                ? numbers(file, PREPROCESSOR, json, "image_std", channels, 1)
                : Collections.nCopies(channels, 1.0);
        return Optional.of(new PixelChoice(
                new PixelStatistics(scaled(mean, white), scaled(deviation, white)),
                "from " + PREPROCESSOR + " beside it"));
    }

    /** In units where white is 1; the factor 1/255 of a file is not that of Java in its last digits. */
    private static List<Double> scaled(List<Double> values, double white) {
        return Math.abs(white - 1) < 1e-6
                ? values
                : values.stream().map(value -> value / white).toList();
    }

    private static List<Double> numbers(Path file, String name, JsonNode json, String key, int channels, int least) {
        JsonNode list = json.path(key);
        List<Double> numbers = new ArrayList<>();
        if (list.isNumber()) {
            numbers.addAll(Collections.nCopies(channels, list.asDouble()));
        }
        list.forEach(value -> numbers.add(value.isNumber() ? value.asDouble() : Double.NaN));
        boolean fit = numbers.stream().allMatch(value -> Double.isFinite(value) && (least == 0 || value > 0));
        if (!fit || numbers.size() != channels) {
            throw unfit(
                    file,
                    name,
                    "'" + key + "' is no list of " + channels + (least == 0 ? "" : " positive")
                            + " numbers, one a channel of the images");
        }
        return numbers;
    }

    private static HarnessException unfit(Path file, String name, String problem) {
        return new HarnessException(
                HarnessException.Kind.CHECKPOINT,
                "the model " + file + " cannot be evaluated: in " + name + " beside it " + problem
                        + "; say what its pixels are with --mean and --std");
    }
}
