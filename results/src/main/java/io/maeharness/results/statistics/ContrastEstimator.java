package io.maeharness.results.statistics;

import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * Estimates a contrast and chooses its variance: that of its table, one borrowed from tables that agree, or its own.
 *
 * <p>Its own it is when the differences of its seeds vary more than the residuals of the table explain (F test,
 * 10 %), when the table has no other residuals, or when the caller demands it: then the test is the paired t test.
 */
public final class ContrastEstimator {
    private static final double OWN_LEVEL = 0.10;

    private ContrastEstimator() {}

    /**
     * A contrast and where its error comes from.
     *
     * @param contrast estimate with its error
     * @param source of the error
     */
    public record Estimate(Contrast contrast, VarianceSource source) {
        /** Whether anything varied over the seeds; if not, the estimate decides nothing. */
        public boolean varies() {
            return contrast.standardError() > 0;
        }
    }

    /**
     * Estimates a contrast.
     *
     * @param parts one a metric
     * @param differences value of the whole contrast in each seed that has all of its cells
     * @return empty when there is no residual at all, as with one seed, or no seed has all cells of a contrast that
     *     the layout cannot estimate
     */
    public static Optional<Estimate> estimate(List<ContrastPart> parts, double... differences) {
        Optional<Estimate> own = own(differences);
        Optional<Estimate> pooled = pooled(parts);
        if (pooled.isEmpty() || own.isEmpty()) {
            return pooled.or(() -> own);
        }
        return ownVariesMore(parts, pooled.get(), Sample.of(differences)) ? own : pooled;
    }

    /** The paired t test, whatever the layout says; empty with less than two seeds. */
    public static Optional<Estimate> own(double... differences) {
        return differences.length < 2
                ? Optional.empty()
                : Optional.of(new Estimate(Sample.of(differences).contrast(), VarianceSource.OWN));
    }

    private static Optional<Estimate> pooled(List<ContrastPart> parts) {
        boolean possible = parts.stream()
                .allMatch(part -> part.isEstimable() && part.layout().variance().isPresent());
        if (!possible || parts.isEmpty()) {
            return Optional.empty();
        }
        boolean borrowed = parts.stream().anyMatch(part -> part.borrowed().isPresent());
        Contrast contrast = parts.stream()
                .map(part -> part.with(variance(part)))
                .reduce(ContrastEstimator::sum)
                .orElseThrow();
        return Optional.of(new Estimate(contrast, borrowed ? VarianceSource.BORROWED : VarianceSource.POOLED));
    }

    private static ResidualVariance variance(ContrastPart part) {
        return part.borrowed().or(part.layout()::variance).orElseThrow();
    }

    /** Sum of independent contrasts, with the degrees of freedom after Satterthwaite. */
    static Contrast sum(Contrast first, Contrast second) {
        double a = first.standardError() * first.standardError();
        double b = second.standardError() * second.standardError();
        double freedom = a + b == 0
                ? Math.min(first.degreesOfFreedom(), second.degreesOfFreedom())
                : (a + b) * (a + b) / (a * a / first.degreesOfFreedom() + b * b / second.degreesOfFreedom());
        return new Contrast(first.value() + second.value(), Math.sqrt(a + b), freedom);
    }

    private static boolean ownVariesMore(List<ContrastPart> parts, Estimate pooled, Sample differences) {
        double freedom = pooled.contrast().degreesOfFreedom();
        double expected = parts.stream()
                .mapToDouble(part -> part.squaredWeights() * variance(part).value())
                .sum();
        double used = differences.count() - 1;
        boolean contained = parts.size() == 1 && pooled.source() == VarianceSource.POOLED;
        double rest = contained ? freedom - used : freedom;
        if (rest <= 0) {
            return true;
        }
        double restVariance = contained ? (freedom * expected - used * differences.variance()) / rest : expected;
        if (restVariance <= 0) {
            return differences.variance() > 0;
        }
        return FDistribution.of(used, rest).survivalProbability(differences.variance() / restVariance) < OWN_LEVEL;
    }

    /** Where the error of a contrast comes from. */
    public enum VarianceSource {
        /** From the residuals of its table. */
        POOLED,
        /** From its table and others that agree with it. */
        BORROWED,
        /** From the differences of its own seeds. */
        OWN
    }
}
