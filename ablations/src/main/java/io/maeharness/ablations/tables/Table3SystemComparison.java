package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.Measurement;
import io.maeharness.core.config.EncoderSize;
import io.maeharness.core.config.Settings;
import io.maeharness.core.config.SystemSizes;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import io.maeharness.results.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * MAE beside training from scratch, DINO, MoCo v3 and BEiT, fine-tuned, over ViT-B, ViT-L and ViT-H.
 *
 * <p>Cells that the paper leaves empty stay empty. Small profiles map the three sizes onto small encoders ({@code sizes})
 * and give every method the same number of floating-point operations, so that the comparison is one at equal cost.
 * {@link Table3Encoders}, which is run with this table, has what is measured of the frozen encoders.
 *
 * <p>Source: paper, section 4.2, table 3. Command: {@code ./mae reproduce table3}.
 *
 * <p>Cost in each profile: eight pre-trainings and a tokenizer, nine fine-tunings (one at twice the resolution), six
 * trainings from scratch; smoke a few steps of each.
 */
public final class Table3SystemComparison implements PaperTable {
    private static final String MAE = "mae";

    @Override
    public String id() {
        return "table3";
    }

    @Override
    public int order() {
        return 85;
    }

    @Override
    public List<String> companions() {
        return List.of("table3-encoders");
    }

    @Override
    public boolean takesImport(AblationCase row) {
        return row.key().equals(MAE);
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        SystemSizes sizes = profile.sizes();
        AblationCase withoutAverage = row("scratch-without-ema", "scratch, without EMA", false)
                .measuredBy(scratch(sizes, CaseStages::scratch, "top1-without-ema"));
        return List.of(
                row("scratch", "scratch", true).measuredBy(scratch(sizes, CaseStages::scratch, "top1")),
                profile.scratch().adam().emaDecay() > 0
                        ? withoutAverage
                        : withoutAverage.skipped("this profile's scratch recipe has no weight average"),
                row("scratch-finetune-budget", "scratch, fine-tuning budget", false)
                        .measuredBy(scratch(sizes, CaseStages::scratchAtFinetuneBudget, "top1")),
                row("dino", "DINO", false).measuredBy(encoders(CaseStages::dino, PaperSize.B)),
                row("moco-v3", "MoCo v3", false).measuredBy(encoders(CaseStages::mocoV3, PaperSize.B, PaperSize.L)),
                row("beit", "BEiT", false).measuredBy(encoders(CaseStages::beit, PaperSize.B, PaperSize.L)),
                mae(profile));
    }

    private static AblationCase row(String key, String label, boolean isDefault) {
        return AblationCase.of(CaseLayout.of(key, label, isDefault), Map.of());
    }

    private static AblationCase mae(Settings profile) {
        SystemSizes sizes = profile.sizes();
        List<Measurement> columns =
                new ArrayList<>(encoders(CaseStages::encoder, PaperSize.B, PaperSize.L, PaperSize.H));
        columns.add(new Measurement.OfStage(
                "vit-h-448",
                stages -> PaperSize.H.measured(stages, CaseStages::encoder).finetuneAt(sizes.highResolution()),
                "top1"));
        return AblationCase.of(CaseLayout.of(MAE, "MAE", false), maeChanges(profile))
                .measuredBy(columns);
    }

    /** Normalised pixels and the longer schedule, with the rate that was tuned for it. */
    static Map<String, String> maeChanges(Settings profile) {
        SystemSizes sizes = profile.sizes();
        Map<String, String> changes = new TreeMap<>(Map.of("pretrain.target", "pixel-norm"));
        if (sizes.maeEpochs() != profile.pretrain().schedule().epochs()) {
            changes.put("pretrain.schedule.epochs", Double.toString(sizes.maeEpochs()));
        }
        if (sizes.maeWarmupEpochs() != profile.pretrain().schedule().warmupEpochs()) {
            changes.put("pretrain.schedule.warmupEpochs", Double.toString(sizes.maeWarmupEpochs()));
        }
        if (sizes.maeBaseLr() != profile.pretrain().schedule().baseLr()) {
            changes.put("pretrain.schedule.baseLr", Double.toString(sizes.maeBaseLr()));
        }
        return changes;
    }

    private static List<Measurement> scratch(SystemSizes sizes, Function<CaseStages, Stage> training, String value) {
        return PaperSize.ALL.stream()
                .<Measurement>map(size -> {
                    EncoderSize own = size.in(sizes);
                    return new Measurement.OfStage(
                            "vit-" + size.key(), stages -> training.apply(stages.sized(own)), value);
                })
                .toList();
    }

    private static List<Measurement> encoders(Function<CaseStages, EncoderStage> method, PaperSize... measured) {
        List<Measurement> columns = new ArrayList<>();
        for (PaperSize size : measured) {
            columns.add(new Measurement.OfStage(
                    "vit-" + size.key(), stages -> size.measured(stages, method).finetune(), "top1"));
        }
        columns.addAll(PaperSize.B.cost(method));
        return columns;
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Table 3. Comparison with previous methods",
                "End-to-end fine-tuning of each encoder beside training from scratch, and what the pre-training of the"
                        + " ViT-B encoder cost.",
                "paper, table 3",
                "./mae reproduce table3",
                columns(),
                AblationCase.layouts(cases(profile)),
                PlotKind.BARS,
                "",
                "method");
    }

    private static List<MetricLayout> columns() {
        List<MetricLayout> columns = new ArrayList<>();
        PaperSize.ALL.forEach(
                size -> columns.add(new MetricLayout("vit-" + size.key(), size.label(), Unit.PERCENT, 1)));
        columns.add(new MetricLayout("vit-h-448", "ViT-H, twice the resolution", Unit.PERCENT, 1));
        columns.add(Columns.PRETRAINING_COST);
        columns.add(Columns.IMAGES_SEEN);
        return columns;
    }
}
