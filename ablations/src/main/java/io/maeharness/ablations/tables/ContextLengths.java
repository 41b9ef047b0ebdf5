package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.Measurement;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.CellKey;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * From which length on an encoder is better than no encoder: pre-training and fine-tuning of some times the profile's
 * length, beside training from scratch as long as the fine-tuning, and nearest neighbours of raw pixels.
 *
 * <p>A profile of minutes compares encoders that are far from their end, and on easy images raw pixels beat them. This
 * table shows that this is a matter of length and not of the encoder.
 *
 * <p>Source: not in the paper. Command: {@code ./mae reproduce context-lengths}.
 *
 * <p>Cost in each profile: a pre-training, its evaluations and a training from scratch for each of
 * {@code axes.contextLengths}, each so many times as long as the profile's.
 */
public final class ContextLengths implements PaperTable {
    private static final String ID = "context-lengths";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int order() {
        return 101;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        List<AblationCase> rows = new ArrayList<>();
        rows.add(AblationCase.of(CaseLayout.of("raw-pixels", "raw pixels", false), Map.of())
                .measuredBy(List.of(new Measurement.OfStage("knn", CaseStages::neighboursOfPixels, "top1"))));
        for (int times : profile.axes().contextLengths()) {
            rows.add(scratch(times, profile));
            rows.add(mae(times, profile));
        }
        return List.copyOf(rows);
    }

    private static AblationCase scratch(int times, Settings profile) {
        Map<String, String> changes = new TreeMap<>();
        stretch(changes, "finetune", profile.finetune().schedule(), times);
        return AblationCase.of(CaseLayout.of("scratch-" + times, "from scratch, " + label(times), false), changes)
                .measuredBy(Measurement.accuracies("ft", CaseStages::scratchAtFinetuneBudget));
    }

    private static AblationCase mae(int times, Settings profile) {
        Map<String, String> changes = new TreeMap<>();
        stretch(changes, "pretrain", profile.pretrain().schedule(), times);
        stretch(changes, "finetune", profile.finetune().schedule(), times);
        return AblationCase.of(CaseLayout.of("mae-" + times, "MAE, " + label(times), times == 1), changes);
    }

    private static String label(int times) {
        return times == 1 ? "the profile's length" : times + " times as long";
    }

    private static String length(int times) {
        return times == 1 ? "the profile's lengths" : times + " times the profile's lengths";
    }

    private static void stretch(Map<String, String> changes, String section, Schedule whole, int times) {
        if (times > 1) {
            Schedule longer = whole.stretched(times);
            changes.put(section + ".schedule.epochs", Double.toString(longer.epochs()));
            if (longer.warmupEpochs() > 0) {
                changes.put(section + ".schedule.warmupEpochs", Double.toString(longer.warmupEpochs()));
            }
        }
    }

    @Override
    public Optional<String> remark(Settings profile, Function<CellKey, OptionalDouble> means) {
        return passingRawPixels(profile, means);
    }

    /** At which length the fine-tuned encoder passes raw pixels; empty until pixels and a length are measured. */
    static Optional<String> passingRawPixels(Settings profile, Function<CellKey, OptionalDouble> means) {
        OptionalDouble pixels = means.apply(new CellKey(ID, "raw-pixels", "knn"));
        SortedMap<Integer, Double> tuned = new TreeMap<>();
        for (int times : profile.axes().contextLengths()) {
            means.apply(new CellKey(ID, "mae-" + times, "ft")).ifPresent(value -> tuned.put(times, value));
        }
        if (pixels.isEmpty() || tuned.isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> passing = tuned.keySet().stream()
                .filter(times -> tuned.get(times) > pixels.getAsDouble())
                .findFirst();
        return Optional.of(
                "Nearest neighbours among raw pixels have " + percent(pixels.getAsDouble()) + "; MAE, fine-tuned, "
                        + passing.map(times -> "passes them at " + length(times))
                                .orElse("stays below them at every length tried")
                        + " of pre-training and fine-tuning: "
                        + tuned.entrySet().stream()
                                .map(entry -> percent(entry.getValue()) + " at " + length(entry.getKey()))
                                .collect(Collectors.joining(", "))
                        + " (table " + ID + ").");
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Context, lengths of training",
                "Pre-training and fine-tuning so many times as long as the profile's, beside training from scratch as"
                        + " long as the fine-tuning, and raw pixels: from which length on an encoder is better than"
                        + " none.",
                "this harness",
                "./mae reproduce context-lengths",
                Columns.PRETRAINING,
                AblationCase.layouts(cases(profile)),
                PlotKind.NONE,
                "",
                "case");
    }
}
