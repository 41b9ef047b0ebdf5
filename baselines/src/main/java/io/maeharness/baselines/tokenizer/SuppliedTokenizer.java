package io.maeharness.baselines.tokenizer;

import io.maeharness.baselines.onnx.OnnxModel;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.PixelStatistics;
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
     * @param statistics by which its pixels are standardised, if they are
     */
    public record Origin(
            Optional<PixelMapping> pixels, Optional<String> dataset, Optional<PixelStatistics> statistics) {
        private static Origin of(Map<String, String> properties) {
            return new Origin(
                    Optional.ofNullable(properties.get("pixels")).map(PixelMapping::of),
                    Optional.ofNullable(properties.get("dataset")),
                    Optional.ofNullable(properties.get("mean"))
                            .map(mean ->
                                    new PixelStatistics(numbers(mean), numbers(properties.getOrDefault("std", "[]")))));
        }

        /** Reads {@code [0.5, 0.25]}. */
        private static List<Double> numbers(String list) {
            return Arrays.stream(list.replaceAll("[\\[\\] ]", "").split(",", -1))
                    .map(Double::valueOf)
                    .toList();
        }
    }

    /**
     * What it takes for a pixel: what the file says, else what is asked for, else what DALL-E's encoder takes.
     *
     * @throws IllegalArgumentException when the file says something else than what is asked for
     */
    public PixelMapping pixels(Optional<PixelMapping> asked) {
        origin.pixels().filter(said -> asked.isPresent() && asked.get() != said).ifPresent(said -> {
            throw new IllegalArgumentException("the file says that it takes pixels '" + said.key()
                    + "', asked for are '" + asked.get().key() + "'; leave --tokenizer-pixels out");
        });
        return origin.pixels().or(() -> asked).orElse(PixelMapping.DALL_E);
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
            throw new IllegalArgumentException("it takes pictures of " + input[1] + " channels, the images have "
                    + channels + "; supply one for " + channels + " or 3 channels");
        }
        if (input[2] != input[3]) {
            throw new IllegalArgumentException(
                    "it takes pictures of " + input[2] + "x" + input[3] + " pixels; supply one for square pictures");
        }
        String output = output(model.outputs());
        long vocabulary = model.outputs().get(output)[1];
        if (vocabulary < 2) {
            throw new IllegalArgumentException("its output '" + output + "' "
                    + Arrays.toString(model.outputs().get(output))
                    + " does not say how many words there are; export it with a fixed second size");
        }
        int size = input[2] > 0 ? (int) input[2] : openSize(model, output, vocabulary, patches.gridSize());
        long grid = grid(model, output, vocabulary, size);
        if (grid != patches.gridSize()) {
            throw new IllegalArgumentException("it makes " + grid + "x" + grid + " words of a picture of " + size
                    + " pixels, the model has " + patches.gridSize() + "x" + patches.gridSize()
                    + " patches; supply one whose words fit the patches, or leave --tokenizer out");
        }
        return new SuppliedTokenizer(
                output, (int) input[1], size, Math.toIntExact(vocabulary), Origin.of(model.properties()));
    }

    /** The only output of rank 4. */
    private static String output(Map<String, long[]> outputs) {
        return outputs.entrySet().stream()
                .filter(entry -> entry.getValue().length == 4)
                .map(Map.Entry::getKey)
                .reduce((a, b) -> {
                    throw new IllegalArgumentException("it has the outputs " + outputs.keySet()
                            + ", of which several could be logits [N, V, g, g]; export it with one");
                })
                .orElseThrow(() -> new IllegalArgumentException("none of its outputs " + outputs.keySet()
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
