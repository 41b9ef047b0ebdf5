package io.maeharness.ablations.gate;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import java.util.List;
import java.util.Map;

/**
 * The cases that stand for all: every method, target, kind of sampling and augmentation, and every evaluation, each at
 * least once.
 */
public final class GateCases {
    private static final List<String> SELECTORS = List.of(
            "context/mae",
            "context/scratch",
            "figure5/ratio-50",
            "table1a/depth-1",
            "table1c/encoder-with-mask-token",
            "table1d/pixel-with-norm",
            "table1d/pca",
            "table1d/dvae-token",
            "table1e/none",
            "table1e/crop-color-jitter",
            "table1f/block-75",
            "table1f/grid-75",
            "table3/dino",
            "table3/moco-v3",
            "table3/beit",
            "table3-encoders/dino-b",
            "table3-encoders/moco-v3-b",
            "table3-encoders/beit-b",
            "figure9/mae-blocks-6");
    private static final List<String> METRICS = List.of("ft", "lin", "knn", "vit-b");

    /** Fewer images, so that the epochs of a profile made for the gate are a few dozen steps each. */
    private static final Map<String, String> SHORT = Map.of("data.trainLimit", "1200", "data.testLimit", "500");

    private GateCases() {}

    /** The cases, in a profile. */
    public static Selection of(Settings profile) {
        return Selection.of(SELECTORS, PaperTables.discover(), profile).onlyMetrics(METRICS);
    }

    /**
     * Chosen cases with the gate's columns.
     *
     * @throws IllegalArgumentException when none of the tables has one of them
     */
    public static Selection within(Selection chosen) {
        return chosen.onlyMetrics(
                METRICS.stream().filter(chosen.columns()::contains).toList());
    }

    /** The profile with which the same cases take a minute: whole schedules of every stage over few images. */
    public static Settings shortened(Settings profile) {
        return Overrides.apply(profile, SHORT);
    }
}
