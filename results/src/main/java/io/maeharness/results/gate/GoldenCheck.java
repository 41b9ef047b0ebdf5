package io.maeharness.results.gate;

import io.maeharness.results.gate.GateFinding.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares what short stages compute with what they computed when the reference was written.
 *
 * <p>In fp32 the same seed gives nearly the same losses on every processor: what rounding does was measured, and is allowed
 * for several times over. Whatever moves a loss by more has changed the computation.
 */
public final class GoldenCheck {
    /** Name of the tier. */
    public static final String TIER = "curves";

    /** Relative deviation of a loss that never counts: five times what rounding did to MAE's own stages, which stayed below 2e-6. */
    static final double LEAST_DEVIATION = 1e-5;

    /** How much further than the processors that were tried another one may come. */
    static final double FACTOR = 10;

    /** Deviation of an accuracy that never counts, percentage points: three of 500 answers. */
    static final double LEAST_POINTS = 0.61;

    private static final double FACTOR_POINTS = 2;
    private static final int HEAD_START = 4;

    private GoldenCheck() {}

    /** One finding for each curve of the reference, in its order, then one for each measured curve that it lacks. */
    public static List<GateFinding> compare(Collection<GoldenCurve> measured, Collection<GoldenCurve> reference) {
        List<GateFinding> findings = reference.stream()
                .map(curve -> finding(curve, counterpart(curve, measured)))
                .collect(Collectors.toCollection(ArrayList::new));
        measured.stream()
                .filter(curve -> counterpart(curve, reference).isEmpty())
                .forEach(curve -> findings.add(cannotTell(curve.name(), "the reference has no such stage")));
        return List.copyOf(findings);
    }

    /** The curve of the same stage, else that of the same name. */
    private static Optional<GoldenCurve> counterpart(GoldenCurve curve, Collection<GoldenCurve> others) {
        return others.stream()
                .filter(other -> other.stage().equals(curve.stage()))
                .findFirst()
                .or(() -> others.stream()
                        .filter(other -> other.name().equals(curve.name()))
                        .findFirst());
    }

    private static GateFinding finding(GoldenCurve reference, Optional<GoldenCurve> measured) {
        if (measured.isEmpty()) {
            return cannotTell(reference.name(), "the stage was not computed");
        }
        GoldenCurve ours = measured.get();
        if (!ours.stage().equals(reference.stage())) {
            return cannotTell(
                    reference.name(),
                    "the definition of the stage has changed (" + reference.stage() + ", now " + ours.stage()
                            + "); mae check --update writes a new reference");
        }
        return firstStray(reference, ours)
                .or(() -> strayAccuracy(reference, ours))
                .map(detail -> GateFinding.of(TIER, reference.name(), Status.REGRESSION, detail))
                .orElseGet(() -> GateFinding.of(TIER, reference.name(), Status.SAME, agreement(reference, ours)));
    }

    private static GateFinding cannotTell(String name, String why) {
        return GateFinding.of(TIER, name, Status.CANNOT_TELL, why);
    }

    private static Optional<String> firstStray(GoldenCurve reference, GoldenCurve ours) {
        if (ours.losses().size() != reference.losses().size()) {
            return Optional.of(ours.losses().size() + " steps instead of "
                    + reference.losses().size());
        }
        for (int step = 0; step < reference.losses().size(); step++) {
            double deviation = reference.deviation(ours, step);
            double allowed = allowed(reference, step);
            if (!(deviation <= allowed)) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "step %d: loss %.6f, reference %.6f, off by %.1e where %.1e is allowed",
                        step + 1,
                        ours.losses().get(step),
                        reference.losses().get(step),
                        deviation,
                        allowed));
            }
        }
        return Optional.empty();
    }

    /** Another processor may begin to stray earlier than those that were tried: after half of the steps. */
    private static double allowed(GoldenCurve reference, int step) {
        int later = Math.min(reference.spreads().size() - 1, 2 * step + HEAD_START);
        return Math.max(LEAST_DEVIATION, FACTOR * reference.spreads().get(later));
    }

    private static Optional<String> strayAccuracy(GoldenCurve reference, GoldenCurve ours) {
        double allowed = Math.max(LEAST_POINTS, FACTOR_POINTS * reference.points());
        double off = reference.pointsFrom(ours);
        return off <= allowed
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "accuracy %s, reference %s, off by %.2f points where %.2f are allowed",
                        ours.accuracies(),
                        reference.accuracies(),
                        off,
                        allowed));
    }

    private static String agreement(GoldenCurve reference, GoldenCurve ours) {
        double largest = 0;
        for (int step = 0; step < reference.losses().size(); step++) {
            largest = Math.max(largest, reference.deviation(ours, step));
        }
        return String.format(
                Locale.ROOT,
                "%d steps within %.1e, accuracies within %.2f points",
                reference.losses().size(),
                largest,
                reference.pointsFrom(ours));
    }
}
