package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CellKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
@TableHeader(
        id = ContextLengths.ID,
        order = 101,
        title = "Context, lengths of training",
        caption = "Pre-training and fine-tuning so many times as long as the profile's, beside training from scratch as"
                + " long as the fine-tuning, and raw pixels: from which length on an encoder is better than"
                + " none.")
public final class ContextLengths implements PaperTable {
    static final String ID = "context-lengths";

    @Override
    public List<Row> rows(Settings profile) {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of("raw-pixels", "raw pixels").measuring(Columns.KNN.by(CaseStages::neighboursOfPixels)));
        for (int times : profile.axes().contextLengths()) {
            Row mae = tuned("mae-" + times, "MAE, ", times, profile)
                    .stretched("pretrain", profile.pretrain().schedule(), times)
                    .asDefault(times == 1);
            rows.add(tuned("scratch-" + times, "from scratch, ", times, profile)
                    .measuring(Columns.FT.withTop5(CaseStages::scratchAtFinetuneBudget)));
            rows.add(mae);
        }
        return rows;
    }

    private static Row tuned(String key, String label, int times, Settings profile) {
        return Row.of(key, label + label(times))
                .stretched("finetune", profile.finetune().schedule(), times);
    }

    private static String label(int times) {
        return times == 1 ? "the profile's length" : times + " times as long";
    }

    private static String length(int times) {
        return times == 1 ? "the profile's lengths" : times + " times the profile's lengths";
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
}
