package io.maeharness.results.claims;

import io.maeharness.files.Sha256;
import io.maeharness.results.CellKey;
import io.maeharness.results.statistics.LookPlan;
import java.util.TreeMap;

/** Digests what a look at a claim rests on: its thresholds, the values of its cells, and when looks are taken. */
final class LookBasis {
    private static final int DIGITS = 16;

    private LookBasis() {}

    /** The digest; values that differ in any bit give another. */
    static String of(ProfileClaim claim, LookPlan plan, MeasuredTables tables) {
        StringBuilder text = new StringBuilder(plan.toString());
        for (Component component : claim.components()) {
            text.append('\n').append(component.holdsAbove()).append(' ').append(component.contradictedBelow());
            new TreeMap<>(component.coefficients()).forEach((cell, weight) -> append(text, cell, weight, tables));
        }
        return Sha256.of(text.toString()).substring(0, DIGITS);
    }

    private static void append(StringBuilder text, CellKey cell, double weight, MeasuredTables tables) {
        text.append('\n').append(cell).append(' ').append(weight);
        tables.seedsOf(cell)
                .forEach(seed -> text.append(' ').append(seed).append('=').append(tables.value(cell, seed)));
    }
}
