package io.maeharness.results.claims;

/** From where a claim takes its variance. */
public enum Variance {
    /** From the residuals of its family's whole layout of cases and seeds. */
    POOLED,
    /** From its own differences, seed by seed: its cells share no block that the layout could take out. */
    OWN,
    /** None: its cells are counted from the configuration, so there is no noise and no family to adjust for. */
    COUNTED
}
