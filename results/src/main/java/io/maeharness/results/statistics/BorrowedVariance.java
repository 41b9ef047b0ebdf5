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
 *
 * <p>How well the others know their variance says little about how well it fits this table. Its degrees of freedom
 * therefore count at most {@value #TRUST} times the own ones: with all of them, verdicts at the small levels of early
 * looks would be several times too easy for a noisy table among quiet ones. A table that did not vary at all borrows
 * nothing, so that a seed without effect is found.
 */
public final class BorrowedVariance {
    /** Own degrees of freedom from which nothing is borrowed: there it would no longer buy power. */
    public static final int ENOUGH = 4;

    /** Degrees of freedom that the others need together. */
    public static final int SOLID = 8;

    /** Degrees of freedom of a borrowed variance, at most, for each own one. */
    public static final int TRUST = 3;

    private static final double MEDIAN = 0.5;

    private BorrowedVariance() {}

    /** The variance of all tables together; empty when the own one has to do. */
    public static Optional<ResidualVariance> of(ResidualVariance own, List<ResidualVariance> others) {
        if (own.degreesOfFreedom() >= ENOUGH || own.value() == 0) {
            return Optional.empty();
        }
        return others.stream()
                .reduce(ResidualVariance::joinedWith)
                .filter(joint -> joint.degreesOfFreedom() >= SOLID && agrees(own, joint))
                .map(joint -> trusted(own, joint));
    }

    private static ResidualVariance trusted(ResidualVariance own, ResidualVariance joint) {
        ResidualVariance all = own.joinedWith(joint);
        return new ResidualVariance(all.value(), Math.min(all.degreesOfFreedom(), TRUST * own.degreesOfFreedom()));
    }

    private static boolean agrees(ResidualVariance own, ResidualVariance joint) {
        return FDistribution.of(own.degreesOfFreedom(), joint.degreesOfFreedom())
                        .cumulativeProbability(own.value() / joint.value())
                <= MEDIAN;
    }
}
