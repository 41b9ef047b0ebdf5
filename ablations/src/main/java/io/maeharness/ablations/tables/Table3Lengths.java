package io.maeharness.ablations.tables;

import io.maeharness.core.config.Settings;
import io.maeharness.results.PlotKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long each method of table 3 has to pre-train before it pays: a quarter, half, all and twice the schedule of table
 * 3, at the size of ViT-B.
 *
 * <p>Each point is a schedule of its own with its learning rate taken to the end, as figure 7 has it for MAE alone. The
 * row of no pre-training is training from scratch at the budget of fine-tuning, and the nearest neighbours of random
 * weights.
 *
 * <p>Source: not in the paper; figure 7's question asked of every method. Command:
 * {@code ./mae reproduce table3-lengths}.
 *
 * <p>Cost in each profile: three pre-trainings a method beyond those of table 3, of together 2.75 times their length,
 * with their evaluations.
 */
@TableHeader(
        id = "table3-lengths",
        order = 87,
        title = "Table 3, lengths of pre-training",
        caption =
                "Fine-tuning and nearest neighbours after pre-trainings of a quarter, half, all and twice the length of"
                        + " table 3, at the size of ViT-B, compared with training from scratch at the budget of"
                        + " fine-tuning and with the neighbours of random weights.",
        plot = PlotKind.LINES,
        axis = "percent of table 3's pre-training",
        rows = "method")
public final class Table3Lengths implements PaperTable {
    private static final List<Integer> PERCENT = List.of(25, 50, 100, 200);
    private static final int WHOLE = 100;

    @Override
    public List<Column> columns(Settings profile) {
        return List.of(Columns.FT, Columns.KNN);
    }

    @Override
    public List<Row> rows(Settings profile) {
        return Stream.concat(Stream.of(none()), ComparedMethod.ALL.stream().flatMap(method -> PERCENT.stream()
                        .map(percent -> length(method, percent, profile))))
                .toList();
    }

    private static Row none() {
        return Row.of("scratch-0", "0 %")
                .asDefault()
                .at(0)
                .onSeries("scratch, fine-tuning budget")
                .measuring(
                        Columns.FT.by(stages -> PaperSize.B.of(stages).scratchAtFinetuneBudget()),
                        Columns.KNN.by(stages -> PaperSize.B.of(stages).neighboursOfRandomWeights()));
    }

    private static Row length(ComparedMethod method, int percent, Settings profile) {
        Map<String, String> stretched =
                Row.stretch(method.section(), method.schedule(profile), (double) percent / WHOLE);
        return Row.of(method.key() + "-" + percent, percent + " %")
                .at(percent)
                .onSeries(method.label())
                .set(method.changes(profile, stretched))
                .measuring(
                        Columns.FT.by(stages -> method.encoder(stages).finetune()),
                        Columns.KNN.by(stages -> method.encoder(stages).neighbours()));
    }
}
