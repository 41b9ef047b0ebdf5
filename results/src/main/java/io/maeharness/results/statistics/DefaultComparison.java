package io.maeharness.results.statistics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a table against its default, with intervals that hold together.
 *
 * @param rows that can be compared, in their order, without the default
 * @param critical bound of the statistics, in standard errors
 */
public record DefaultComparison(List<Row> rows, double critical) {
    /** Copies the rows. */
    public DefaultComparison {
        rows = List.copyOf(rows);
    }

    /**
     * A row against the default.
     *
     * @param caseIndex of the row in the layout
     * @param difference row less default, with its error
     * @param interval that covers the truth of all rows together with the stated probability
     * @param adjustedP two-sided, after Dunnett
     */
    public record Row(int caseIndex, Contrast difference, Interval interval, double adjustedP) {}

    /**
     * Compares rows with a default.
     *
     * @param layout of the table
     * @param defaultCase its index in the layout
     * @param variance of the residuals, pooled or borrowed, above 0
     * @param coverage of all intervals together, for example 0.95
     */
    public static DefaultComparison of(
            TwoWayLayout layout, int defaultCase, ResidualVariance variance, double coverage) {
        if (variance.value() == 0) {
            throw new IllegalArgumentException("nothing varied over the seeds, so that no row can be compared");
        }
        int[] comparable = IntStream.range(0, layout.cases())
                .filter(i -> i != defaultCase && layout.isEstimable(difference(layout, i, defaultCase)))
                .toArray();
        if (comparable.length == 0) {
            return new DefaultComparison(List.of(), Double.NaN);
        }
        Dunnett dunnett = Dunnett.ofEqual(
                comparable.length, correlation(layout, comparable, defaultCase), variance.degreesOfFreedom());
        double critical = dunnett.critical(1 - coverage, Dunnett.Sides.TWO);
        List<Row> rows = IntStream.of(comparable)
                .mapToObj(i -> row(i, layout.contrast(difference(layout, i, defaultCase), variance), dunnett, critical))
                .toList();
        return new DefaultComparison(rows, critical);
    }

    private static Row row(int caseIndex, Contrast difference, Dunnett dunnett, double critical) {
        return new Row(
                caseIndex,
                difference,
                Interval.around(difference.value(), critical * difference.standardError()),
                dunnett.adjusted(difference.statistic(0), Dunnett.Sides.TWO));
    }

    private static double[] difference(TwoWayLayout layout, int row, int defaultCase) {
        double[] coefficients = new double[layout.cases()];
        coefficients[row] = 1;
        coefficients[defaultCase] = -1;
        return coefficients;
    }

    /** The smallest correlation of two differences: taking it for all errs on the wide side. */
    static double correlation(TwoWayLayout layout, int[] rows, int defaultCase) {
        double smallest = rows.length == 1 ? 0.5 : 1 - 1e-9;
        for (int i : rows) {
            for (int j : rows) {
                if (i < j) {
                    double scale =
                            Math.sqrt(covariance(layout, i, i, defaultCase) * covariance(layout, j, j, defaultCase));
                    smallest = Math.min(smallest, covariance(layout, i, j, defaultCase) / scale);
                }
            }
        }
        return Math.max(0, smallest);
    }

    private static double covariance(TwoWayLayout layout, int i, int j, int defaultCase) {
        return layout.covarianceFactor(i, j)
                - layout.covarianceFactor(i, defaultCase)
                - layout.covarianceFactor(j, defaultCase)
                + layout.covarianceFactor(defaultCase, defaultCase);
    }
}
