package io.maeharness.results.statistics;

/** Whether differences in one direction count, or in both. */
public enum Sides {
    /** Only rows above the default. */
    ONE,
    /** Rows above or below it. */
    TWO
}
