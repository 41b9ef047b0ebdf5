package io.maeharness.results.statistics;

import java.util.List;
import java.util.Optional;

/**
 * What a contrast takes from the layout of one metric; most contrasts have one part.
 *
 * @param layout of the table and metric
 * @param coefficients a case each, in the order of the layout
 * @param others residual variances of the same metric in other tables, from which may be borrowed
 */
public record ContrastPart(TwoWayLayout layout, List<Double> coefficients, List<ResidualVariance> others) {
    /** Copies the lists and checks that there is a coefficient a case. */
    public ContrastPart {
        coefficients = List.copyOf(coefficients);
        others = List.copyOf(others);
        if (coefficients.size() != layout.cases()) {
            throw new IllegalArgumentException(
                    "a contrast needs " + layout.cases() + " coefficients, a case each, got " + coefficients.size());
        }
    }

    private double[] weights() {
        return coefficients.stream().mapToDouble(Double::doubleValue).toArray();
    }

    boolean isEstimable() {
        return layout.isEstimable(weights());
    }

    double value() {
        return layout.value(weights());
    }

    /** Error of the estimate with a variance: its square is the variance of the value. */
    Contrast with(ResidualVariance variance) {
        return layout.contrast(weights(), variance);
    }

    Optional<ResidualVariance> borrowed() {
        return layout.variance().flatMap(own -> BorrowedVariance.of(own, others));
    }

    /** Sum of the squared coefficients: the variance of one seed's combination in residual variances. */
    public double squaredWeights() {
        return coefficients.stream().mapToDouble(c -> c * c).sum();
    }
}
