package io.maeharness.results.claims;

import java.util.List;

/**
 * A claim in the cells by which a profile measures it.
 *
 * @param claim as the table declares it
 * @param components those of its components of which the profile leaves out no cell; empty when it cannot measure any
 */
public record ProfileClaim(Claim claim, List<Component> components) {
    /** Copies the list. */
    public ProfileClaim {
        components = List.copyOf(components);
        if (components.size() > claim.components().size()) {
            throw new IllegalArgumentException("claim " + claim.id() + " has "
                    + claim.components().size() + " components, not " + components.size());
        }
    }

    /** The claim as it is declared, with all of its components. */
    public static ProfileClaim whole(Claim claim) {
        return new ProfileClaim(claim, claim.components());
    }

    /** Whether the profile measures some of it. */
    public boolean isMeasurable() {
        return !components.isEmpty();
    }

    /** How much of it the profile measures, where that is not all: {@code 5 of 7 comparisons}. */
    public String comparisons() {
        int all = claim.components().size();
        return components.size() == all || !isMeasurable() ? "" : components.size() + " of " + all + " comparisons";
    }

    /** Whether it is one of those that are adjusted for one another. */
    public boolean isInFamily() {
        return claim.primary() && claim.variance() != Claim.Variance.COUNTED && isMeasurable();
    }
}
