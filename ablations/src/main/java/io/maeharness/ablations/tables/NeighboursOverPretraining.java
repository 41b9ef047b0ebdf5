package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.EncoderStages;
import io.maeharness.ablations.stages.Measurement;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
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
public final class NeighboursOverPretraining implements PaperTable {
    private static final int WHOLE = 100;
    private static final List<Integer> PERCENT = List.of(0, 25, 50, 75, WHOLE);

    @Override
    public String id() {
        return "knn-curve";
    }

    @Override
    public int order() {
        return 95;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        return ComparedMethod.ALL.stream()
                .flatMap(method ->
                        PERCENT.stream().map(percent -> point(method, percent, method.changes(profile, Map.of()))))
                .toList();
    }

    private static AblationCase point(ComparedMethod method, int percent, Map<String, String> changes) {
        CaseLayout layout = CaseLayout.of(method.key() + "-" + percent, percent + " %", "", percent == 0, percent)
                .onSeries(method.label());
        return AblationCase.of(layout, percent == 0 ? Map.of() : changes)
                .measuredBy(List.of(new Measurement.OfStage("knn", stages -> at(percent, stages, method), "top1")));
    }

    private static Stage at(int percent, CaseStages stages, ComparedMethod method) {
        if (percent == 0) {
            return PaperSize.B.of(stages).neighboursOfRandomWeights();
        }
        EncoderStages measured = PaperSize.B.measured(stages, method.stage());
        return percent == WHOLE ? measured.neighbours() : measured.neighboursAfter(percent);
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Nearest neighbours over pre-training",
                "What each method of table 3 has learned after a part of its pre-training, at the size of ViT-B.",
                "this harness",
                "./mae reproduce knn-curve",
                List.of(Columns.KNN),
                AblationCase.layouts(cases(profile)),
                PlotKind.LINES,
                "percent of the pre-training",
                "method");
    }
}
