package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.Measurement;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The frozen encoders of table 3: linear probing and nearest neighbours of each, beside random weights of its size, and
 * what its pre-training cost.
 *
 * <p>Source: the paper prints fine-tuning alone; section 4.3 and figure 9 compare MoCo v3 by linear probing. Command:
 * {@code ./mae reproduce table3-encoders}; {@code table3} runs it too.
 *
 * <p>Cost in each profile: eleven linear probes and evaluations by nearest neighbours on the pre-trainings of table 3.
 */
public final class Table3Encoders implements PaperTable {
    private static final String MAE = "mae";

    @Override
    public String id() {
        return "table3-encoders";
    }

    @Override
    public int order() {
        return 86;
    }

    @Override
    public boolean takesImport(AblationCase row) {
        return row.key().startsWith(MAE + "-");
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        List<AblationCase> rows = new ArrayList<>();
        for (PaperSize size : PaperSize.ALL) {
            rows.add(random(size));
            if (size.equals(PaperSize.B)) {
                rows.add(row("dino", "DINO", size, CaseStages::dino, Map.of()));
            }
            if (!size.equals(PaperSize.H)) {
                rows.add(row("moco-v3", "MoCo v3", size, CaseStages::mocoV3, Map.of()));
                rows.add(row("beit", "BEiT", size, CaseStages::beit, Map.of()));
            }
            rows.add(row(MAE, "MAE", size, CaseStages::encoder, Table3SystemComparison.maeChanges(profile)));
        }
        return List.copyOf(rows);
    }

    private static AblationCase random(PaperSize size) {
        List<Measurement> columns = new ArrayList<>(
                Measurement.accuracies("lin", stages -> size.of(stages).probeRandomWeights()));
        columns.add(new Measurement.OfStage("knn", stages -> size.of(stages).neighboursOfRandomWeights(), "top1"));
        return AblationCase.of(layout("random", "random weights", size, true), Map.of())
                .measuredBy(columns);
    }

    private static AblationCase row(
            String key,
            String label,
            PaperSize size,
            Function<CaseStages, EncoderStage> method,
            Map<String, String> changes) {
        List<Measurement> columns = new ArrayList<>(Measurement.accuracies(
                "lin", stages -> size.measured(stages, method).probe()));
        columns.add(new Measurement.OfStage(
                "knn", stages -> size.measured(stages, method).neighbours(), "top1"));
        columns.addAll(size.cost(method));
        return AblationCase.of(layout(key, label, size, false), changes).measuredBy(columns);
    }

    private static CaseLayout layout(String key, String label, PaperSize size, boolean isDefault) {
        return CaseLayout.of(key + "-" + size.key(), label, isDefault).onSeries(size.label());
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Table 3, the frozen encoders",
                "Linear probing and nearest neighbours of each encoder of table 3, compared with random weights of the same"
                        + " size, and what its pre-training cost.",
                "this harness",
                "./mae reproduce table3-encoders",
                List.of(Columns.LIN, Columns.KNN, Columns.PRETRAINING_COST, Columns.IMAGES_SEEN),
                AblationCase.layouts(cases(profile)),
                PlotKind.BARS,
                "",
                "encoder");
    }
}
