package io.maeharness.results.claims;

import io.maeharness.results.statistics.Holm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides claims: in each family at most 5 % of the tables get a false <em>holds</em>, and at most 5 % a false
 * <em>contradicted</em>.
 *
 * <p>Holm's procedure runs over the primary claims of a family that the profile can measure, whether they are measured
 * yet or not, separately for the two directions: correct verdicts of one must not lend their level to the other.
 * Secondary and counted claims are decided alone.
 */
public final class FamilyVerdicts {
    /** Level of each family and direction, one-sided. */
    public static final double LEVEL = 0.05;

    private final Map<Evidence, Double> holds = new HashMap<>();
    private final Map<Evidence, Double> contradicted = new HashMap<>();
    private final Map<Evidence, Double> reversed = new HashMap<>();

    private FamilyVerdicts(List<Evidence> evidence) {
        evidence.stream()
                .collect(Collectors.groupingBy(one -> one.claim().claim().family()))
                .values()
                .forEach(family -> {
                    adjust(family, Evidence::pHolds, holds);
                    adjust(family, Evidence::pContradicted, contradicted);
                    adjust(family, Evidence::pReversed, reversed);
                });
    }

    /**
     * A decision a claim, in their order.
     *
     * @param evidence of all claims of each family, also of those that are not measured yet
     */
    public static List<Decision> decide(List<Evidence> evidence) {
        FamilyVerdicts verdicts = new FamilyVerdicts(evidence);
        return evidence.stream().map(verdicts::decision).toList();
    }

    /**
     * Decides by evidence on the images that were tested, and says of each verdict whether it would stand on new ones.
     *
     * @param onNewImages the evidence for the same claims as it stands for new images
     */
    public static List<Decision> decide(List<Evidence> evidence, List<Evidence> onNewImages) {
        List<Decision> here = decide(evidence);
        List<Decision> there = decide(onNewImages);
        return IntStream.range(0, here.size())
                .mapToObj(i -> marked(here.get(i), there.get(i)))
                .toList();
    }

    private static Decision marked(Decision here, Decision there) {
        boolean decided = here.verdict() == Verdict.HOLDS || here.verdict() == Verdict.CONTRADICTED;
        if (!decided
                || here.claim().scale() == Claim.Scale.LOG
                || there.evidence().withoutError().isPresent()) {
            return here;
        }
        return new Decision(
                here.evidence(),
                here.verdict(),
                here.detail(),
                there.verdict() == here.verdict() ? Decision.NewImages.TOO : Decision.NewImages.OPEN);
    }

    /** Holm's adjusted probabilities of the claims that are in the family; the others keep their own. */
    private static void adjust(
            List<Evidence> family, ToDoubleFunction<Evidence> probability, Map<Evidence, Double> into) {
        family.forEach(one -> into.put(one, probability.applyAsDouble(one)));
        List<Evidence> members =
                family.stream().filter(one -> one.claim().isInFamily()).toList();
        double[] adjusted =
                Holm.adjusted(members.stream().mapToDouble(probability).toArray());
        for (int i = 0; i < adjusted.length; i++) {
            into.put(members.get(i), adjusted[i]);
        }
    }

    private Decision decision(Evidence evidence) {
        if (!evidence.claim().isMeasurable()) {
            return new Decision(evidence, Verdict.NOT_MEASURABLE, "in this profile");
        }
        return evidence.missing()
                .map(reason -> new Decision(evidence, Verdict.NOT_MEASURED, reason))
                .or(() -> evidence.withoutError().map(reason -> new Decision(evidence, Verdict.NOT_RESOLVED, reason)))
                .orElseGet(() -> decided(evidence));
    }

    private Decision decided(Evidence evidence) {
        boolean against = contradicted.get(evidence) <= LEVEL;
        if (holds.get(evidence) <= LEVEL) {
            String detail = against ? "but smaller than half of the paper's effect" : "";
            return new Decision(evidence, Verdict.HOLDS, detail);
        }
        return against
                ? new Decision(evidence, Verdict.CONTRADICTED, wayOfFailing(evidence))
                : new Decision(evidence, Verdict.NOT_RESOLVED, "");
    }

    private String wayOfFailing(Evidence evidence) {
        List<Component> components = evidence.claim().components();
        if (components.stream().allMatch(component -> component.holdsAbove() < 0)) {
            return "worse by more than the margin";
        }
        if (components.stream().allMatch(component -> component.holdsAbove() > 0)) {
            return "below the factor that is claimed";
        }
        return reversed.get(evidence) <= LEVEL ? "reversed" : "absent, smaller than what counts as an effect";
    }
}
