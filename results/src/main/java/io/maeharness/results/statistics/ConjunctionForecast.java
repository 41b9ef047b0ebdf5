package io.maeharness.results.statistics;

import java.util.List;

/**
 * Will a later look decide a conjunction of one-sided statements? It holds when all of its statements do, and it is
 * contradicted when one of them fails.
 *
 * @param statements at least one
 */
public record ConjunctionForecast(List<Statement> statements) {
    /** Copies the statements and checks that there is one. */
    public ConjunctionForecast {
        statements = List.copyOf(statements);
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("a conjunction needs a statement");
        }
    }

    /**
     * A statement about a contrast.
     *
     * @param forecast of the contrast
     * @param holdsAbove value above which it holds
     * @param failsBelow value below which it fails, at least that above which it holds
     */
    public record Statement(Forecast forecast, double holdsAbove, double failsBelow) {}

    /** Probability that the look shows it to hold, about: that of its weakest statement. */
    public double holds(double level) {
        return statements.stream()
                .mapToDouble(one -> one.forecast().above(one.holdsAbove(), level))
                .min()
                .orElseThrow();
    }

    /** Probability that the look contradicts it, about: that of the statement most likely to fail. */
    public double contradicted(double level) {
        double share = level / statements.size();
        return statements.stream()
                .mapToDouble(one -> one.forecast().below(one.failsBelow(), share))
                .max()
                .orElseThrow();
    }

    /**
     * Probability that the look decides it either way.
     *
     * @param level of the later test in each direction: weight of the look times 5 % over the open claims
     */
    public double decided(double level) {
        return Math.min(1, holds(level) + contradicted(level));
    }
}
