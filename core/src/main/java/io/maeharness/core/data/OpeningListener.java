package io.maeharness.core.data;

/** Hears how far it is while a data set is opened: downloads, and the first look at every image. */
@FunctionalInterface
public interface OpeningListener {
    /** Hears nothing. */
    OpeningListener NONE = line -> {};

    /**
     * How far it is; the next line takes the place of this one. Called often, by one thread at a time.
     *
     * @param line what is done, of how much
     */
    void progress(String line);

    /** What was in progress has ended, one way or the other. */
    default void ended() {}
}
