package io.maeharness.results.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/** Which cells of a layout have values, and the solution of its reduced normal equations. */
final class Incidence {
    private static final double SUM_TOLERANCE = 1e-9;

    private final boolean[][] present;
    private final int[] perCase;
    private final int[] perBlock;
    private final int[] groups;
    private final int groupCount;
    private final RealMatrix covariance;

    Incidence(double[][] values) {
        if (values.length == 0 || values[0].length == 0) {
            throw new IllegalArgumentException("a layout needs at least one case and one block");
        }
        int blocks = values[0].length;
        present = new boolean[values.length][blocks];
        perCase = new int[values.length];
        perBlock = new int[blocks];
        for (int i = 0; i < values.length; i++) {
            requireRow(values[i], blocks);
            for (int s = 0; s < blocks; s++) {
                present[i][s] = !Double.isNaN(values[i][s]);
                perCase[i] += present[i][s] ? 1 : 0;
                perBlock[s] += present[i][s] ? 1 : 0;
            }
        }
        Connections connections = new Connections(present);
        groups = IntStream.range(0, values.length).map(connections::group).toArray();
        groupCount = connections.count();
        covariance = solve();
    }

    private static void requireRow(double[] row, int blocks) {
        if (row.length != blocks || Arrays.stream(row).anyMatch(Double::isInfinite)) {
            throw new IllegalArgumentException(
                    "a layout needs " + blocks + " finite or missing values a case, got " + Arrays.toString(row));
        }
    }

    int blocks() {
        return perBlock.length;
    }

    boolean has(int i, int s) {
        return present[i][s];
    }

    int count(int i) {
        return perCase[i];
    }

    int degreesOfFreedom() {
        return Arrays.stream(perCase).sum() - perCase.length - perBlock.length + groupCount;
    }

    double covarianceFactor(int i, int j) {
        return covariance.getEntry(i, j);
    }

    boolean isEstimable(double[] coefficients) {
        double[] sums = new double[coefficients.length];
        double size = 0;
        for (int i = 0; i < coefficients.length; i++) {
            sums[groups[i]] += coefficients[i];
            size += Math.abs(coefficients[i]);
        }
        double limit = SUM_TOLERANCE * size;
        return Arrays.stream(sums).allMatch(sum -> Math.abs(sum) <= limit);
    }

    double quadraticForm(double[] c) {
        RealVector vector = MatrixUtils.createRealVector(c);
        return vector.dotProduct(covariance.operate(vector));
    }

    /** Effects of the cases: the first of each group is 0. */
    double[] effects(double[][] values) {
        double[] blockMeans = blockEffects(values, new double[perCase.length]);
        double[] adjusted = new double[perCase.length];
        for (int i = 0; i < adjusted.length; i++) {
            for (int s = 0; s < blocks(); s++) {
                adjusted[i] += present[i][s] ? values[i][s] - blockMeans[s] : 0;
            }
        }
        return covariance.operate(adjusted);
    }

    /** Mean of each block after its cases' effects were taken away. */
    double[] blockEffects(double[][] values, double[] effects) {
        double[] means = new double[blocks()];
        for (int s = 0; s < means.length; s++) {
            double sum = 0;
            for (int i = 0; i < effects.length; i++) {
                sum += present[i][s] ? values[i][s] - effects[i] : 0;
            }
            means[s] = sum / perBlock[s];
        }
        return means;
    }

    /** Inverse of the normal equations, with rows and columns of 0 for the pinned cases. */
    private RealMatrix solve() {
        int[] free =
                IntStream.range(0, perCase.length).filter(i -> groups[i] != i).toArray();
        double[][] inverse = new double[perCase.length][perCase.length];
        if (isComplete()) {
            for (int a : free) {
                Arrays.stream(free).forEach(b -> inverse[a][b] = (a == b ? 2.0 : 1.0) / blocks());
            }
        } else if (free.length > 0) {
            RealMatrix reduced = MatrixUtils.createRealMatrix(free.length, free.length);
            for (int a = 0; a < free.length; a++) {
                for (int b = 0; b < free.length; b++) {
                    reduced.setEntry(a, b, normal(free[a], free[b]));
                }
            }
            RealMatrix solved = new CholeskyDecomposition(reduced).getSolver().getInverse();
            for (int a = 0; a < free.length; a++) {
                for (int b = 0; b < free.length; b++) {
                    inverse[free[a]][free[b]] = solved.getEntry(a, b);
                }
            }
        }
        return MatrixUtils.createRealMatrix(inverse);
    }

    /** A complete layout has a solution in closed form. */
    private boolean isComplete() {
        return Arrays.stream(perCase).allMatch(count -> count == blocks());
    }

    private double normal(int i, int j) {
        double shared = 0;
        for (int s = 0; s < blocks(); s++) {
            shared += present[i][s] && present[j][s] ? 1.0 / perBlock[s] : 0;
        }
        return (i == j ? perCase[i] : 0) - shared;
    }

    /** Which cases share blocks, directly or over others: only within such a group can cases be compared. */
    private static final class Connections {
        private final int[] parent;
        private final int cases;

        Connections(boolean[][] present) {
            cases = present.length;
            int blocks = cases == 0 ? 0 : present[0].length;
            parent = IntStream.range(0, cases + blocks).toArray();
            for (int i = 0; i < cases; i++) {
                for (int s = 0; s < blocks; s++) {
                    if (present[i][s]) {
                        join(i, cases + s);
                    }
                }
            }
        }

        /** The group of a case: the number of its first case. */
        int group(int caseIndex) {
            int root = root(caseIndex);
            return IntStream.range(0, cases)
                    .filter(other -> root(other) == root)
                    .findFirst()
                    .orElseThrow();
        }

        /** Number of groups, where blocks without cells and cases without blocks count as one each. */
        int count() {
            return (int) IntStream.range(0, parent.length)
                    .filter(node -> root(node) == node)
                    .count();
        }

        private void join(int a, int b) {
            parent[root(b)] = root(a);
        }

        private int root(int node) {
            int at = node;
            while (parent[at] != at) {
                parent[at] = parent[parent[at]];
                at = parent[at];
            }
            return at;
        }
    }
}
