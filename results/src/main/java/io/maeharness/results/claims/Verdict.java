package io.maeharness.results.claims;

/** What becomes of a claim; the first three need measured cells. */
public enum Verdict {
    /** The evidence is for it. */
    HOLDS("holds"),
    /** The evidence is against it. */
    CONTRADICTED("contradicted"),
    /** The evidence does not suffice either way. */
    NOT_RESOLVED("not resolved"),
    /** A cell is pending or has failed. */
    NOT_MEASURED("not measured"),
    /** The profile leaves out a cell of each component. */
    NOT_MEASURABLE("not measurable");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** As it is printed. */
    public String words() {
        return words;
    }
}
