package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.EncoderStages;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.PlotKind;
import java.util.List;
import java.util.Map;

/**
 * How the features of each method of table 3 improve over its pre-training, by nearest neighbours.
 *
 * <p>The encoder is that of ViT-B, at random weights and after a quarter, half, three quarters and all of the
 * pre-training of table 3, whose learning rate has not ended at the points between.
 *
 * <p>Source: not in the paper; it says whether a method learns at a profile's scale. Command:
 * {@code ./mae reproduce knn-curve}.
 *
 * <p>Cost in each profile: five evaluations by nearest neighbours a method, on the pre-trainings of table 3.
 */
@TableHeader(
        id = "knn-curve",
        order = 95,
        title = "Nearest neighbours over pre-training",
        caption = "What each method of table 3 has learned after a part of its pre-training, at the size of ViT-B.",
        plot = PlotKind.LINES,
        axis = "percent of the pre-training",
        rows = "method")
public final class NeighboursOverPretraining implements PaperTable {
    private static final int WHOLE = 100;
    private static final List<Integer> PERCENT = List.of(0, 25, 50, 75, WHOLE);

    @Override
    public List<Column> columns(Settings profile) {
        return List.of(Columns.KNN);
    }

    @Override
    public List<Row> rows(Settings profile) {
        return ComparedMethod.ALL.stream()
                .flatMap(method -> PERCENT.stream().map(percent -> point(method, percent, profile)))
                .toList();
    }

    private static Row point(ComparedMethod method, int percent, Settings profile) {
        Row row = Row.of(method.key() + "-" + percent, percent + " %")
                .at(percent)
                .onSeries(method.label())
                .measuring(Columns.KNN.by(stages -> at(percent, stages, method)));
        return percent == 0 ? row.asDefault() : row.set(method.changes(profile, Map.of()));
    }

    private static Stage at(int percent, CaseStages stages, ComparedMethod method) {
        if (percent == 0) {
            return PaperSize.B.of(stages).neighboursOfRandomWeights();
        }
        EncoderStages measured = method.encoder(stages);
        return percent == WHOLE ? measured.neighbours() : measured.neighboursAfter(percent);
    }
}
