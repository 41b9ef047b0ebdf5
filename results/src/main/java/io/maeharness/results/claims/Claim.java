package io.maeharness.results.claims;

import io.maeharness.results.CellKey;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A statement of the paper as a test: it holds when each of its components does.
 *
 * @param id of the claim, kebab-case, for example {@code table1a-lin-deep}
 * @param family the claims that are adjusted for one another: a table's identifier, or {@code section4}
 * @param primary whether the paper's text makes it and it counts; secondary ones are shown beside them, unadjusted
 * @param place where the paper says so
 * @param statement what it says, in our words
 * @param components one-sided statements, all of which have to hold
 * @param scale of the cells
 * @param variance where the noise of the components is known from
 */
public record Claim(
        String id,
        String family,
        boolean primary,
        String place,
        String statement,
        List<Component> components,
        Scale scale,
        Variance variance) {
    /**
     * Checks the names and that something is stated.
     *
     * @throws IllegalArgumentException when a name is malformed or empty, or there is no component
     */
    public Claim {
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "the id of a claim is kebab-case, such as table1a-lin-deep, got '" + id + "'");
        }
        if (family.isBlank() || place.isBlank() || statement.isBlank()) {
            throw new IllegalArgumentException("claim " + id + " needs a family, a place in the paper and a statement");
        }
        components = List.copyOf(components);
        if (components.isEmpty()) {
            throw new IllegalArgumentException("claim " + id + " states nothing; give it a component");
        }
        Objects.requireNonNull(scale, "scale");
        Objects.requireNonNull(variance, "variance");
    }

    /** The same claim about other cells. */
    public Claim renamed(UnaryOperator<CellKey> names) {
        return of(components.stream().map(component -> component.renamed(names)).toList());
    }

    /** The same claim of other components. */
    Claim of(List<Component> others) {
        return new Claim(id, family, primary, place, statement, others, scale, variance);
    }

    /** From where a claim takes its variance. */
    public enum Variance {
        /** From the residuals of its family's whole layout of cases and seeds. */
        POOLED,
        /** From its own differences, seed by seed: its cells share no block that the layout could take out. */
        OWN,
        /** None: its cells are counted from the configuration, so there is no noise and no family to adjust for. */
        COUNTED
    }

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
}
