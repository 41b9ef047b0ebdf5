package io.maeharness.results.claims;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What speaks for and against a claim.
 *
 * @param claim the claim
 * @param parts its components with their estimates, in their order
 * @param pHolds probability of parts like these when some component does not hold (intersection-union test)
 * @param pContradicted the same when every component has at least the smallest effect that counts (Bonferroni over
 *     the components)
 * @param pReversed the same when every component is at least at the threshold of holding; for the wording only
 */
public record Evidence(ProfileClaim claim, List<Part> parts, double pHolds, double pContradicted, double pReversed) {
    /** Copies the parts and checks the probabilities. */
    public Evidence {
        parts = List.copyOf(parts);
        for (double p : new double[] {pHolds, pContradicted, pReversed}) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException(
                        "p of claim " + claim.claim().id() + " must lie in [0, 1], got " + p);
            }
        }
    }

    /**
     * A component and what is known of it.
     *
     * @param component the component
     * @param estimate of its combination
     */
    public record Part(Component component, ContrastEstimate estimate) {
        double pAbove() {
            return estimate.pAbove(component.holdsAbove());
        }

        private double distance() {
            return estimate.known().orElse(0) - component.holdsAbove();
        }
    }

    /** The evidence of a source for a claim. */
    public static Evidence of(ProfileClaim claim, ContrastEstimate.Source source) {
        List<Part> parts = claim.components().stream()
                .map(component -> new Part(component, source.estimate(claim.claim(), component)))
                .toList();
        return new Evidence(
                claim,
                parts,
                parts.stream().mapToDouble(Part::pAbove).max().orElse(1),
                bonferroni(
                        parts, part -> part.estimate().pBelow(part.component().contradictedBelow())),
                bonferroni(
                        parts, part -> part.estimate().pBelow(part.component().holdsAbove())));
    }

    private static double bonferroni(List<Part> parts, ToDoubleFunction<Part> p) {
        return Math.min(1, parts.size() * parts.stream().mapToDouble(p).min().orElse(1));
    }

    /** The same parts with other probabilities, as those of repeated looks are. */
    public Evidence withProbabilities(double holds, double contradicted, double reversed) {
        return new Evidence(claim, parts, holds, contradicted, reversed);
    }

    /** The component that speaks least for the claim, of those that have a value; empty when none has. */
    public Optional<Part> weakest() {
        return parts.stream()
                .filter(part -> part.estimate().known().isPresent())
                .max(Comparator.comparingDouble(Part::pAbove)
                        .thenComparing(
                                Comparator.comparingDouble(Part::distance).reversed()));
    }

    /** Why a cell has no value; empty when all have one. */
    Optional<String> missing() {
        return parts.stream()
                .flatMap(part -> part.estimate() instanceof ContrastEstimate.Missing missing
                        ? Optional.of(missing.reason()).stream()
                        : Optional.<String>empty().stream())
                .findFirst();
    }

    /** Why values say nothing yet; empty when all have an error. */
    Optional<String> withoutError() {
        return parts.stream()
                .flatMap(part -> part.estimate() instanceof ContrastEstimate.WithoutError without
                        ? Optional.of(without.reason()).stream()
                        : Optional.<String>empty().stream())
                .findFirst();
    }
}
