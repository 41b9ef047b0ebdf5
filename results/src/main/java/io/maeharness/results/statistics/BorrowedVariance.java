package io.maeharness.results.statistics;

import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * When a table with hardly any degrees of freedom of its own may use the residual variance of other tables.
 *
 * <p>It may when it has fewer than {@value #ENOUGH}, the others together have at least {@value #SOLID}, and its own
 * variance is no larger than theirs makes it in half of the cases. A table that is noisier than the others shows it by
 * its own variance, and where chance hides that, the borrowed variance is still the larger of the two: it takes the
 * place of an estimate that came out low, which is where false verdicts come from.
 */
public final class BorrowedVariance {
    /** Own degrees of freedom from which nothing is borrowed: there it would no longer buy power. */
    public static final int ENOUGH = 4;

    /** Degrees of freedom that the others need together. */
    public static final int SOLID = 8;

    private static final double MEDIAN = 0.5;

    private BorrowedVariance() {}

    /** The variance of all tables together; empty when the own one has to do. */
    public static Optional<ResidualVariance> of(ResidualVariance own, List<ResidualVariance> others) {
        if (own.degreesOfFreedom() >= ENOUGH) {
            return Optional.empty();
        }
        return others.stream()
                .reduce(ResidualVariance::joinedWith)
                .filter(joint -> joint.degreesOfFreedom() >= SOLID && agrees(own, joint))
                .map(own::joinedWith);
    }

    private static boolean agrees(ResidualVariance own, ResidualVariance joint) {
        return FDistribution.of(own.degreesOfFreedom(), joint.degreesOfFreedom())
                        .cumulativeProbability(own.value() / joint.value())
                <= MEDIAN;
    }
}
