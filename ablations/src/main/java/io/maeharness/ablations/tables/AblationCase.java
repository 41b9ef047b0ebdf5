package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.Measurement;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CaseLayout;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A row: what it changes and what is measured.
 *
 * @param layout key, label and place in the report; its reason for pending, if any, keeps the case from being run
 * @param changes settings keys and their values, for example {@code pretrain.maskRatio} to {@code 0.6}; empty for the
 *     default
 * @param measurements columns
 * @param skippedReason why this profile leaves the case out, if it does
 */
public record AblationCase(
        CaseLayout layout,
        Map<String, String> changes,
        List<Measurement> measurements,
        Optional<String> skippedReason) {
    /** Copies the collections; changes are kept in the order of their keys. */
    public AblationCase {
        changes = Collections.unmodifiableMap(new TreeMap<>(changes));
        measurements = List.copyOf(measurements);
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("case " + layout.key() + " measures nothing; name its columns");
        }
    }

    /** A case of pre-training, measured by fine-tuning, linear probing and nearest neighbours. */
    public static AblationCase of(CaseLayout layout, Map<String, String> changes) {
        return new AblationCase(layout, changes, Measurement.PRETRAINING, Optional.empty());
    }

    /** The same case measured otherwise. */
    public AblationCase measuredBy(List<Measurement> columns) {
        return new AblationCase(layout, changes, columns, skippedReason);
    }

    /** The same case, left out of this profile. */
    public AblationCase skipped(String reason) {
        return new AblationCase(layout, changes, measurements, Optional.of(reason));
    }

    /** Key, as in the paper's published values. */
    public String key() {
        return layout.key();
    }

    /**
     * The settings of the case.
     *
     * @throws IllegalArgumentException when the profile cannot take the changes
     */
    public Settings appliedTo(Settings profile) {
        return Overrides.apply(profile, changes);
    }

    /** The rows of a report, in the order of the cases. */
    static List<CaseLayout> layouts(List<AblationCase> cases) {
        return cases.stream().map(AblationCase::layout).toList();
    }
}
