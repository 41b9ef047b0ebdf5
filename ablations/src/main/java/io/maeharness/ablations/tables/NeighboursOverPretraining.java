package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.EncoderStages;
import io.maeharness.ablations.stages.Measurement;
import io.maeharness.core.config.EncoderSize;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

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
        return Stream.of(
                        curve("dino", "DINO", Map.of(), profile, CaseStages::dino),
                        curve("moco-v3", "MoCo v3", Map.of(), profile, CaseStages::mocoV3),
                        curve("beit", "BEiT", Map.of(), profile, CaseStages::beit),
                        curve("mae", "MAE", Table3SystemComparison.maeChanges(profile), profile, CaseStages::pretrain))
                .flatMap(List::stream)
                .toList();
    }

    private static List<AblationCase> curve(
            String key,
            String series,
            Map<String, String> changes,
            Settings profile,
            Function<CaseStages, EncoderStage> method) {
        EncoderSize size = profile.sizes().vitB();
        return PERCENT.stream()
                .map(percent -> {
                    CaseLayout layout = CaseLayout.of(key + "-" + percent, percent + " %", "", percent == 0, percent)
                            .onSeries(series);
                    Function<CaseStages, Stage> stage = stages -> at(percent, stages.sized(size), method);
                    return AblationCase.of(layout, percent == 0 ? Map.of() : changes)
                            .measuredBy(List.of(new Measurement.OfStage("knn", stage, "top1")));
                })
                .toList();
    }

    private static Stage at(int percent, CaseStages stages, Function<CaseStages, EncoderStage> method) {
        if (percent == 0) {
            return stages.neighboursOfRandomWeights();
        }
        EncoderStages measured = stages.of(method.apply(stages));
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
