package io.maeharness.core.train;

import io.maeharness.core.data.ViewLoader;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What a method draws for the images of a chunk beside their views, such as masks. It is a function of epoch and samples, so
 * that it may be drawn by a thread of the loader while the engine computes. Used by the thread of the training.
 *
 * @param <T> what is drawn, by any thread
 */
public final class AheadDraws<T> {
    private final Draw<T> draw;
    private Optional<Drawn<T>> current = Optional.empty();
    private Optional<Drawn<T>> next = Optional.empty();

    AheadDraws(Draw<T> draw) {
        this.draw = draw;
    }

    /**
     * A function of its arguments alone.
     *
     * @param <T> what is drawn
     */
    public interface Draw<T> {
        /**
         * Draws for some images.
         *
         * @param epoch from 0
         * @param samples positions in the data set
         */
        T at(long epoch, int[] samples);
    }

    /** What is being drawn, and for which images. */
    private static final class Drawn<T> {
        private final long epoch;
        private final int[] samples;
        private final CompletableFuture<T> value;

        Drawn(long epoch, int[] samples, CompletableFuture<T> value) {
            this.epoch = epoch;
            this.samples = samples;
            this.value = value;
        }

        boolean isOf(TrainingFeed.Chunk chunk) {
            return epoch == chunk.epoch() && Arrays.equals(samples, chunk.samples());
        }

        T value() {
            try {
                return value.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw e;
            }
        }
    }

    /** What belongs to the images of a chunk. */
    public T of(TrainingFeed.Chunk chunk) {
        return current.filter(one -> one.isOf(chunk))
                .map(Drawn::value)
                .orElseGet(() -> draw.at(chunk.epoch(), chunk.samples()));
    }

    /** Makes what was begun last that of the chunk that is taken now. */
    void take() {
        current = next;
        next = Optional.empty();
    }

    /** Begins to draw for the images that are asked for next. */
    void prepare(long epoch, int[] samples, ViewLoader threads) {
        next = Optional.of(new Drawn<>(epoch, samples, threads.beside(() -> draw.at(epoch, samples))));
    }
}
