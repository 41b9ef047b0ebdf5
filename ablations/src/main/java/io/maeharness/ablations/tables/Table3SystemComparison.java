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
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

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

    /** By which an image of one method has to cost more than that of another to be told from rounding of recipes. */
    private static final double CHEAPER = 1.25;

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
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily table = terms.family(id());
        return Stream.concat(primaryClaims(table), secondaryClaims(table)).toList();
    }

    private static Stream<Claim> primaryClaims(ClaimFamily table) {
        String place = "section 4.2, table 3";
        return Stream.of(
                table.primary(
                        "table3-beats-scratch",
                        place,
                        "MAE beats training from scratch at every size",
                        Stream.of("vit-b", "vit-l", "vit-h")
                                .map(size -> table.higher("mae." + size, "scratch." + size))
                                .toList()),
                table.primary(
                        "table3-best-l",
                        place,
                        "for ViT-L MAE is ahead of MoCo v3 and BEiT",
                        table.higher("mae.vit-l", "moco-v3.vit-l"),
                        table.higher("mae.vit-l", "beit.vit-l")),
                table.primary(
                        "table3-scales",
                        place,
                        "MAE improves steadily with model size",
                        table.higher("mae.vit-l", "mae.vit-b"),
                        table.higher("mae.vit-h", "mae.vit-l")),
                table.primary(
                        "table3-gain-grows",
                        "section 4.2, figure 8",
                        "the gain over scratch is larger for larger models",
                        table.interaction("mae.vit-h", "scratch.vit-h", "mae.vit-b", "scratch.vit-b")),
                table.withOwnVariance()
                        .primary(
                                "table3-448",
                                place,
                                "fine-tuning at twice the resolution helps",
                                table.higher("mae.vit-h-448", "mae.vit-h")));
    }

    private static Stream<Claim> secondaryClaims(ClaimFamily table) {
        return Stream.of(
                table.secondary(
                        "table3-best-b",
                        "table 3 (numbers; the text says the methods are close)",
                        "for ViT-B MAE is ahead of DINO, MoCo v3 and BEiT",
                        Stream.of("dino", "moco-v3", "beit")
                                .map(other -> table.higher("mae.vit-b", other + ".vit-b"))
                                .toList()),
                table.secondary(
                        "table3-gaps-widen",
                        "section 4.2, table 3",
                        "the methods are close for ViT-B and further apart for ViT-L",
                        table.interaction(
                                table.cell("mae.vit-l"),
                                table.mean("moco-v3.vit-l", "beit.vit-l"),
                                table.cell("mae.vit-b"),
                                table.mean("moco-v3.vit-b", "beit.vit-b"))),
                table.secondary(
                        "table3-ssl-beats-scratch",
                        "table 3 (numbers only)",
                        "every self-supervised method beats scratch",
                        table.higher("dino.vit-b", "scratch.vit-b"),
                        table.higher("moco-v3.vit-b", "scratch.vit-b"),
                        table.higher("beit.vit-b", "scratch.vit-b"),
                        table.higher("moco-v3.vit-l", "scratch.vit-l"),
                        table.higher("beit.vit-l", "scratch.vit-l")),
                table.counted()
                        .secondary(
                                "table3-beit-cost",
                                "section 4.2 (text: 3.5 times an epoch)",
                                "MAE is cheaper than BEiT for the same number of images",
                                table.counted().timesAbove("beit.cost-per-image", "mae.cost-per-image", CHEAPER)));
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
