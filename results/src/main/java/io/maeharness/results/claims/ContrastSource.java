package io.maeharness.results.claims;

/** Where the estimates of components come from: the paper's numbers, or measured seeds. */
@FunctionalInterface
public interface ContrastSource {
    /**
     * What is known of a component of a claim.
     *
     * @param claim says scale and variance
     * @param component its combination, of cells that the source may have
     */
    ContrastEstimate estimate(Claim claim, Component component);
}
