package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.augment.CropScale;
import io.maeharness.core.augment.SampleTransform;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.image.Picture;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.image.Scratch;
import io.maeharness.core.masking.MaskBatch;
import io.maeharness.core.masking.MaskRatio;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.Weights;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cases of one seed draw alike what they have in common, so that their differences are less noisy than their values. */
class CommonDrawsTest {
    private static final StageRandom RANDOM = new StageRandom(7);

    @Test
    void modelsShareTheFirstWeightsOfTheParametersTheyHaveInCommon() {
        try (NDManager manager = Torch.open("cpu")) {
            Map<String, float[]> plain = drawn(manager, Layout.maskedAutoencoder(Tiny.MODEL, 1, 16, false));
            Map<String, float[]> maskTokens = drawn(manager, Layout.maskedAutoencoder(Tiny.MODEL, 1, 16, true));
            Map<String, float[]> encoder = drawn(manager, Layout.encoder(Tiny.MODEL, 1));
            List<String> shared = new ArrayList<>(plain.keySet());
            shared.retainAll(maskTokens.keySet());
            assertEquals(plain.size() - 1, shared.size());
            shared.forEach(name -> assertArrayEquals(plain.get(name), maskTokens.get(name), name));
            encoder.forEach((name, values) -> assertArrayEquals(plain.get(name), values, name));
        }
    }

    @Test
    void parametersOfOneShapeDifferByTheirName() {
        try (NDManager manager = Torch.open("cpu")) {
            Map<String, float[]> drawn = drawn(manager, Layout.encoder(Tiny.MODEL, 1));
            assertNotEquals(
                    Arrays.toString(drawn.get("blocks.0.attn.proj.weight")),
                    Arrays.toString(drawn.get("blocks.1.attn.proj.weight")));
        }
    }

    private static Map<String, float[]> drawn(NDManager manager, List<ParameterSpec> specs) {
        Map<String, float[]> values = new java.util.LinkedHashMap<>();
        Weights.initialise(manager, specs, RANDOM, Purpose.INITIALISATION)
                .byName()
                .forEach((name, array) -> values.put(name, array.toFloatArray()));
        return values;
    }

    @Test
    void patchesKeptAtAHighRatioAreKeptAtEveryLowerOne() {
        long[] most = MaskBatch.draw(new MaskSampling.Random(), 6, new MaskRatio(0.9), RANDOM, 0, new int[] {5})
                .shuffle();
        long[] half = MaskBatch.draw(new MaskSampling.Random(), 6, new MaskRatio(0.5), RANDOM, 0, new int[] {5})
                .shuffle();
        assertArrayEquals(most, half);
    }

    @Test
    void gridAndBlockSamplingOrderTheirPatchesByTheNoiseOfRandomSampling() {
        long[] random = shuffle("random", 0.75);
        for (String key : List.of("grid", "block")) {
            long[] kept = Arrays.copyOf(shuffle(key, 0.75), 4);
            int[] places =
                    Arrays.stream(kept).mapToInt(patch -> place(random, patch)).toArray();
            int[] sorted = places.clone();
            Arrays.sort(sorted);
            assertArrayEquals(sorted, places, key);
        }
    }

    private static int place(long[] order, long patch) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] == patch) {
                return i;
            }
        }
        throw new AssertionError("patch " + patch + " is not there");
    }

    private static long[] shuffle(String key, double ratio) {
        return MaskBatch.draw(MaskSampling.of(key), 4, new MaskRatio(ratio), RANDOM, 0, new int[] {1})
                .shuffle();
    }

    @Test
    void augmentationsThatCropAlikeAndFlipAlikeMakeTheSameView() {
        CropScale whole = new CropScale(1, 1);
        for (int sample = 0; sample < 8; sample++) {
            float[] plain = view(new Augmentation.RandomSizeCrop(whole), sample);
            float[] jittered = view(new Augmentation.ColorJitter(whole, 0), sample);
            assertArrayEquals(plain, jittered);
        }
    }

    private static float[] view(SampleTransform transform, int sample) {
        byte[] pixels = new byte[64];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * i * 3);
        }
        float[] out = new float[64];
        transform.apply(
                new Picture(8, 8, 1, pixels),
                8,
                RANDOM.at(Purpose.AUGMENTATION, 0, sample),
                new PixelStatistics(List.of(0.5), List.of(0.5)),
                out,
                0,
                new Scratch());
        return out;
    }
}
