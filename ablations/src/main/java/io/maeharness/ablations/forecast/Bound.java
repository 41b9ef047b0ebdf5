package io.maeharness.ablations.forecast;

/** What the time of a stage is spent on. */
public enum Bound {
    /** Products on the card. */
    ARITHMETIC("arithmetic"),
    /** Reading and writing the card's memory. */
    MEMORY("memory"),
    /** Sums of gradients between cards. */
    EXCHANGE("exchange"),
    /** Starting kernels. */
    LAUNCHES("launches"),
    /** Decoding and augmenting pictures. */
    FEED("feed"),
    /** Words of a tokenizer and noise, which the processor computes while the card waits. */
    WORDS("words"),
    /** A measuring time that is given. */
    GIVEN_TIME("given time");

    private final String words;

    Bound(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
