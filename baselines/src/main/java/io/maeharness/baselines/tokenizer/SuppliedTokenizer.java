package io.maeharness.baselines.tokenizer;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.interop.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an ONNX model has to be to serve as a tokenizer: pictures [N, C, S, S] in, logits [N, V, g, g] out, where g is the
 * number of patches along a side. DALL-E's encoder is one, with 8192 words of 8x8 pixels: an image of 224 with patches of
 * 16 is tokenised as a picture of 112.
 *
 * @param output name of the logits
 * @param channels C
 * @param size side S of the picture, pixels
 * @param vocabulary V
 * @param origin what the file says of itself
 */
public record SuppliedTokenizer(String output, int channels, int size, int vocabulary, Origin origin) {
    /** Pixels of a word of DALL-E's encoder, tried first where a model leaves the size of the picture open. */
    private static final int WORD_PIXELS = 8;

    /**
     * What the properties of a model say, as those of a tokenizer of this harness do.
     *
     * @param pixels what it takes for a pixel
     * @param dataset what it was trained on
     * @param statistics by which its pixels are standardised; empty for other pixels, or when they are those of the images
     */
    public record Origin(
            Optional<PixelMapping> pixels, Optional<String> dataset, Optional<PixelStatistics> statistics) {
        /**
         * Reads the properties; those that only other pixels have are of no interest, a foreign file may give them any
         * meaning.
         *
         * @param channels C
         */
        private static Origin of(Map<String, String> properties, int channels) {
            Optional<PixelMapping> pixels =
                    Optional.ofNullable(properties.get("pixels")).flatMap(PixelMapping::find);
            return new Origin(
                    pixels,
                    Optional.ofNullable(properties.get("dataset")),
                    pixels.filter(PixelMapping.STANDARDISED::equals)
                            .filter(mapping -> properties.containsKey("mean"))
                            .map(mapping -> new PixelStatistics(
                                    numbers("mean", properties, channels), numbers("std", properties, channels))));
        }

        /** Reads {@code [0.5, 0.25]}. */
        private static List<Double> numbers(String name, Map<String, String> properties, int channels) {
            String list = properties.getOrDefault(name, "");
            try {
                List<Double> numbers = Arrays.stream(
                                list.replaceAll("[\\[\\] ]", "").split(",", -1))
                        .map(Double::valueOf)
                        .toList();
                if (numbers.size() == channels && numbers.stream().allMatch(value -> value >= 0 && value <= 1)) {
                    return numbers;
                }
            } catch (NumberFormatException e) {
                throw unfit(name, list, channels, e);
            }
            throw unfit(name, list, channels, null);
        }

        private static InvalidSettingException unfit(String name, String list, int channels, Exception cause) {
            return new InvalidSettingException(
                    "its property '" + name + "' is '" + list + "', needed are " + channels
                            + " numbers of pixels from 0 to 1, such as [0.5, 0.5, 0.5]; export it with them",
                    cause);
        }
    }

    /**
     * What it takes for a pixel: what the file says, else what is asked for, else what DALL-E's encoder takes.
     *
     * @throws InvalidSettingException when the file says something else than what is asked for
     */
    public PixelMapping pixels(Optional<PixelMapping> asked) {
        origin.pixels().filter(said -> asked.isPresent() && asked.get() != said).ifPresent(said -> {
            throw new InvalidSettingException("the file says that it takes pixels '" + said.key() + "', asked for are '"
                    + asked.get().key() + "'; leave --tokenizer-pixels out");
        });
        return origin.pixels().or(() -> asked).orElse(PixelMapping.DALL_E);
    }

    /**
     * What it was trained on: what the file says, else what is said of it.
     *
     * @throws InvalidSettingException when both say something and it is not the same
     */
    public Optional<String> dataset(Optional<String> given) {
        origin.dataset()
                .filter(said -> given.isPresent() && !given.get().equals(said))
                .ifPresent(said -> {
                    throw new InvalidSettingException("the file says that it was trained on '" + said + "', given is '"
                            + given.get() + "'; leave --tokenizer-data out");
                });
        return origin.dataset().or(() -> given);
    }

    /**
     * Reads the signature of a model and runs it once.
     *
     * @param file for messages
     * @param patches the model whose patches get words
     * @param channels of the images
     * @throws HarnessException of kind CHECKPOINT when it does not fit, saying what it has and what is needed
     */
    public static SuppliedTokenizer of(Path file, ModelSettings patches, int channels) {
        try (OnnxModel model = OnnxModel.open(file, 1)) {
            return of(model, patches, channels);
        } catch (IllegalArgumentException e) {
            throw new HarnessException(
                    HarnessException.Kind.CHECKPOINT, "--tokenizer " + file + " does not fit: " + e.getMessage(), e);
        }
    }

    private static SuppliedTokenizer of(OnnxModel model, ModelSettings patches, int channels) {
        long[] input = model.inputShape();
        if (input[1] != channels && input[1] != 3) {
            throw new InvalidSettingException("it takes pictures of " + input[1] + " channels, the images have "
                    + channels + "; supply one for " + channels + " or 3 channels");
        }
        if (input[2] != input[3]) {
            throw new InvalidSettingException(
                    "it takes pictures of " + input[2] + "x" + input[3] + " pixels; supply one for square pictures");
        }
        String output = output(model.outputs());
        long vocabulary = model.outputs().get(output)[1];
        if (vocabulary < 2) {
            throw new InvalidSettingException("its output '" + output + "' "
                    + Arrays.toString(model.outputs().get(output))
                    + " does not say how many words there are; export it with a fixed second size");
        }
        int size = input[2] > 0 ? (int) input[2] : openSize(model, output, vocabulary, patches.gridSize());
        long grid = grid(model, output, vocabulary, size);
        if (grid != patches.gridSize()) {
            throw new InvalidSettingException("it makes " + grid + "x" + grid + " words of a picture of " + size
                    + " pixels, the model has " + patches.gridSize() + "x" + patches.gridSize()
                    + " patches; supply one whose words fit the patches, or leave --tokenizer out");
        }
        return new SuppliedTokenizer(
                output, (int) input[1], size, Math.toIntExact(vocabulary), Origin.of(model.properties(), (int)
                        input[1]));
    }

    /** The only output of rank 4. */
    private static String output(Map<String, long[]> outputs) {
        return outputs.entrySet().stream()
                .filter(entry -> entry.getValue().length == 4)
                .map(Map.Entry::getKey)
                .reduce((a, b) -> {
                    throw new InvalidSettingException("it has the outputs " + outputs.keySet()
                            + ", of which several could be logits [N, V, g, g]; export it with one");
                })
                .orElseThrow(() -> new InvalidSettingException("none of its outputs " + outputs.keySet()
                        + " are logits [N, V, g, g] of floats; supply an encoder that gives logits"));
    }

    /** The size at which there are as many words as patches. */
    private static int openSize(OnnxModel model, String output, long vocabulary, int grid) {
        int tried = grid * WORD_PIXELS;
        long found = grid(model, output, vocabulary, tried);
        return found == 0 || tried % found != 0 ? tried : Math.toIntExact(grid * (tried / found));
    }

    /** Words along a side of a grey picture. */
    private static long grid(OnnxModel model, String output, long vocabulary, int size) {
        long[] input = model.inputShape();
        long images = Math.max(1, input[0]);
        long[] shape = {images, input[1], size, size};
        float[] logits = model.run(new float[Math.toIntExact(images * input[1] * size * size)], shape, output);
        return Math.round(Math.sqrt((double) logits.length / (images * vocabulary)));
    }
}
