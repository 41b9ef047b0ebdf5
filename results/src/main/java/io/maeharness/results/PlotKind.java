package io.maeharness.results;

/** How a table is drawn. */
public enum PlotKind {
    /** Lines over the numeric axis of the cases, ours and the paper's beside each other. */
    LINES,
    /** Bars: the difference of each case to the default row, ours and the paper's beside each other. */
    BARS,
    /** Not drawn. */
    NONE
}
