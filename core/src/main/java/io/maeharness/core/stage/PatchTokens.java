package io.maeharness.core.stage;

/** Words of a discrete tokenizer for the patches of images. Used by one thread at a time. */
public interface PatchTokens extends AutoCloseable {
    /** Number of different words V. */
    int vocabulary();

    /** Words W of one patch. */
    int wordsPerPatch();

    /**
     * Tokenises views as a model sees them.
     *
     * @param views [count, C, S, S], standardised; the array may be longer
     * @return [count, L, W] numbers of words, 0 to V - 1; patches and the words of a patch row by row
     */
    long[] of(float[] views, int count);

    @Override
    void close();
}
