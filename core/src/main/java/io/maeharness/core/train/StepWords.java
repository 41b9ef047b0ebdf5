package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.data.Batch;
import io.maeharness.core.stage.DeviceTokens;
import io.maeharness.core.stage.PatchTokens;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.TokenizerStage;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The words of the very views that a step's device sees, where it reads them: computed there on a GPU, if the tokenizer is
 * one of the engine, and else by ONNX Runtime on the processor.
 */
public sealed interface StepWords extends AutoCloseable {
    /** The words of a tokenizer for a training on a device. */
    static StepWords of(TokenizerStage tokenizer, StageContext context, TrainingDevice device) {
        return tokenizer.usesOnnxRuntime(device.isGpu())
                ? onProcessor(tokenizer.open(context), device)
                : onDevice(tokenizer.openOn(device.manager(), context));
    }

    /** Words that the processor computes; the tokens are closed with them. */
    static StepWords onProcessor(PatchTokens tokens, TrainingDevice device) {
        return new OnProcessor(tokens, new DeviceBuffer(device.manager()));
    }

    /** Words that the device computes; the tokens are closed with them. */
    static StepWords onDevice(DeviceTokens tokens) {
        return new OnDevice(tokens);
    }

    /**
     * Words of some images of a step.
     *
     * @param images [N, C, S, S] of the chunk, on the device
     */
    Words of(TrainingFeed.Chunk chunk, NDArray images);

    /** Refuses what stands behind a loss that {@link Words#behind} has extended, once it is read. */
    default void examine(long step, float[] loss) {}

    /** What is worth keeping with the provenance. */
    default Map<String, String> facts() {
        return Map.of();
    }

    @Override
    void close();

    /**
     * Words of some images.
     *
     * @param numbers [N, L, W] of words, 64 bits, on the device
     * @param doubt what has to be known of them before they are believed; empty where all is known
     */
    record Words(NDArray numbers, Optional<NDArray> doubt) {
        /** A loss [values] with the doubt behind it, so that reading the one reads both: [values + 3], or [values]. */
        public NDArray behind(NDArray loss) {
            return doubt.map(behind -> NDArrays.concat(new NDList(loss, behind)))
                    .orElse(loss);
        }
    }

    /** By ONNX Runtime. */
    record OnProcessor(PatchTokens tokens, DeviceBuffer buffer) implements StepWords {
        @Override
        public Words of(TrainingFeed.Chunk chunk, NDArray images) {
            Batch views = chunk.images();
            long[] words = tokens.of(views.images(), views.count());
            long perPatch = tokens.wordsPerPatch();
            Shape shape = new Shape(views.count(), words.length / views.count() / perPatch, perPatch);
            return new Words(buffer.put(images.getManager(), words, shape), Optional.empty());
        }

        @Override
        public void close() {
            tokens.close();
        }
    }

    /** By the engine, in the memory of the device. */
    record OnDevice(DeviceTokens tokens) implements StepWords {
        private static final int DOUBT = 3;

        @Override
        public Words of(TrainingFeed.Chunk chunk, NDArray images) {
            DeviceTokens.Words words = tokens.of(images, chunk.from());
            return new Words(words.numbers(), Optional.of(words.doubt()));
        }

        @Override
        public void examine(long step, float[] loss) {
            tokens.demandFinite(
                    Arrays.copyOfRange(loss, loss.length - DOUBT, loss.length), "those of step " + (step + 1));
        }

        @Override
        public Map<String, String> facts() {
            return Map.of("words computed by", "the engine on the device of the training, in fp32");
        }

        @Override
        public void close() {
            tokens.close();
        }
    }
}
