package io.maeharness.results.statistics;

/** Where the error of a contrast comes from. */
public enum VarianceSource {
    /** From the residuals of its table. */
    POOLED,
    /** From its table and others that agree with it. */
    BORROWED,
    /** From the differences of its own seeds. */
    OWN
}
