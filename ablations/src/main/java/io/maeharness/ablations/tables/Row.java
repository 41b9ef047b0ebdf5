package io.maeharness.ablations.tables;

import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.Settings;
import io.maeharness.core.discovery.Named;
import io.maeharness.results.CaseLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A row: what it changes and what is measured. {@code Row.of("random-60", "random, 60").set("pretrain.maskRatio", 0.6)}.
 *
 * @param layout key, label and place in the report; its reason for pending, if any, keeps the case from being run
 * @param changes settings keys and their values, for example {@code pretrain.maskRatio} to {@code 0.6}; empty for the
 *     default
 * @param columns what is measured; none stands for all columns of the table
 * @param skippedReason why this profile leaves the case out, if it does
 * @param takesImport whether it can be measured of a model that was trained elsewhere
 */
public record Row(
        CaseLayout layout,
        Map<String, String> changes,
        List<Column> columns,
        Optional<String> skippedReason,
        boolean takesImport) {
    /** Copies the collections; changes are kept in the order of their keys. */
    public Row {
        changes = Collections.unmodifiableMap(new TreeMap<>(changes));
        columns = List.copyOf(columns);
    }

    /** A row that changes nothing and has no place on an axis. */
    static Row of(String key, String label) {
        return new Row(CaseLayout.of(key, label), Map.of(), List.of(), Optional.empty(), false);
    }

    /** The same row as the one that others are compared with. */
    Row asDefault() {
        return asDefault(true);
    }

    /** The same row, as the one that others are compared with or not. */
    Row asDefault(boolean compared) {
        return with(layout.asDefault(compared));
    }

    /** The same row at a place on the paper's axis, for example 4 blocks or 75 percent. */
    Row at(double x) {
        return with(layout.at(x));
    }

    /** The same row on the named curve of a figure. */
    Row onSeries(String name) {
        return with(layout.onSeries(name));
    }

    /** The same row with this profile's number for a report, or nothing where it is the paper's. */
    Row ours(double paper, double profile) {
        String number = profile == Math.rint(profile) ? Long.toString((long) profile) : Double.toString(profile);
        return with(layout.withOurs(paper == profile ? "" : number));
    }

    /** The same row with this profile's choice for a report, or nothing where it is the paper's. */
    <T extends Named> Row ours(T paper, T profile) {
        return with(layout.withOurs(paper.equals(profile) ? "" : profile.key()));
    }

    private Row with(CaseLayout changed) {
        return new Row(changed, changes, columns, skippedReason, takesImport);
    }

    /** The same row with a settings key set. */
    Row set(String key, Object value) {
        return set(Map.of(key, value instanceof Named named ? named.key() : value.toString()));
    }

    /**
     * The same row with a schedule of another length, warm-up included.
     *
     * @param section of the schedule, for example {@code pretrain}
     * @param whole the profile's schedule
     * @param times how many times as long; 1 changes nothing
     */
    Row stretched(String section, Schedule whole, double times) {
        return set(stretch(section, whole, times));
    }

    /** The changes that give a schedule another length; none when it is the same. */
    static Map<String, String> stretch(String section, Schedule whole, double times) {
        if (times == 1) {
            return Map.of();
        }
        Schedule ours = whole.stretched(times);
        Map<String, String> changes =
                new TreeMap<>(Map.of(section + ".schedule.epochs", Double.toString(ours.epochs())));
        if (ours.warmupEpochs() > 0) {
            changes.put(section + ".schedule.warmupEpochs", Double.toString(ours.warmupEpochs()));
        }
        return changes;
    }

    /** The same row with settings keys set. */
    Row set(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(changes);
        all.putAll(more);
        return new Row(layout, all, columns, skippedReason, takesImport);
    }

    /** The same row measured by these columns too, instead of the table's. */
    Row measuring(List<Column> more) {
        List<Column> all = new ArrayList<>(columns);
        all.addAll(more);
        return new Row(layout, changes, all, skippedReason, takesImport);
    }

    /** The same row measured by these columns too, instead of the table's. */
    Row measuring(Column... measured) {
        return measuring(List.of(measured));
    }

    /** The same row, left out of this profile. */
    Row skipped(String reason) {
        return new Row(layout, changes, columns, Optional.of(reason), takesImport);
    }

    /** The same row, which a model that was trained elsewhere can fill. */
    Row takingImport() {
        return new Row(layout, changes, columns, skippedReason, true);
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
}
