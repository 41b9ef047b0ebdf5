package io.maeharness.results.claims;

/** On which scale the cells of a claim are combined. */
public enum Scale {
    /** As they are: accuracies, whose differences are percentage points. */
    POINTS {
        @Override
        public double of(double value) {
            return value;
        }
    },
    /** Natural logarithms: hours and operations, whose differences are ratios. */
    LOG {
        @Override
        public double of(double value) {
            return Math.log(value);
        }
    };

    /** A cell's value on this scale. */
    public abstract double of(double value);
}
