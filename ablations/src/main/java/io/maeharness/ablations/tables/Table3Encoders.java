package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.results.PlotKind;
import java.util.ArrayList;
import java.util.List;
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
@TableHeader(
        id = "table3-encoders",
        order = 86,
        title = "Table 3, the frozen encoders",
        caption =
                "Linear probing and nearest neighbours of each encoder of table 3, compared with random weights of the same"
                        + " size, and what its pre-training cost.",
        plot = PlotKind.BARS,
        rows = "encoder")
public final class Table3Encoders implements PaperTable {
    @Override
    public List<Column> columns(Settings profile) {
        return List.of(Columns.LIN, Columns.KNN, Columns.PRETRAINING_COST, Columns.IMAGES_SEEN);
    }

    @Override
    public List<Row> rows(Settings profile) {
        List<Row> rows = new ArrayList<>();
        for (PaperSize size : PaperSize.ALL) {
            rows.add(random(size));
            if (size.equals(PaperSize.B)) {
                rows.add(row("dino", "DINO", size, CaseStages::dino));
            }
            if (!size.equals(PaperSize.H)) {
                rows.add(row("moco-v3", "MoCo v3", size, CaseStages::mocoV3));
                rows.add(row("beit", "BEiT", size, CaseStages::beit));
            }
            rows.add(row("mae", "MAE", size, CaseStages::encoder)
                    .takingImport()
                    .set(Table3SystemComparison.maeChanges(profile)));
        }
        return rows;
    }

    private static Row random(PaperSize size) {
        return row("random", "random weights", size)
                .asDefault()
                .measuring(Columns.LIN.withTop5(stages -> size.of(stages).probeRandomWeights()))
                .measuring(Columns.KNN.by(stages -> size.of(stages).neighboursOfRandomWeights()));
    }

    private static Row row(String key, String label, PaperSize size, Function<CaseStages, EncoderStage> method) {
        return row(key, label, size)
                .measuring(Columns.LIN.withTop5(
                        stages -> size.measured(stages, method).probe()))
                .measuring(
                        Columns.KNN.by(stages -> size.measured(stages, method).neighbours()))
                .measuring(size.cost(method));
    }

    private static Row row(String key, String label, PaperSize size) {
        return Row.of(key + "-" + size.key(), label).onSeries(size.label());
    }
}
