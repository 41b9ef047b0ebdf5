package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.core.config.Settings;
import io.maeharness.core.config.SystemSizes;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.PlotKind;
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
@TableHeader(
        id = "table3",
        order = 85,
        title = "Table 3. Comparison with previous methods",
        caption =
                "End-to-end fine-tuning of each encoder beside training from scratch, and what the pre-training of the"
                        + " ViT-B encoder cost.",
        source = "paper, table 3",
        plot = PlotKind.BARS,
        rows = "method",
        companions = "table3-encoders")
public final class Table3SystemComparison implements PaperTable {
    private static final Column TWICE_THE_RESOLUTION = Column.accuracy("vit-h-448", "ViT-H, twice the resolution");

    /** By which an image of one method has to cost more than that of another to be told from rounding of recipes. */
    private static final double CHEAPER = 1.25;

    @Override
    public List<Column> columns(Settings profile) {
        List<Column> columns = new ArrayList<>();
        PaperSize.ALL.forEach(size -> columns.add(size.column()));
        columns.addAll(List.of(TWICE_THE_RESOLUTION, Columns.PRETRAINING_COST, Columns.IMAGES_SEEN));
        return columns;
    }

    @Override
    public List<Row> rows(Settings profile) {
        Row withoutAverage = Row.of("scratch-without-ema", "scratch, without EMA")
                .measuring(scratch(CaseStages::scratch, "top1-without-ema"));
        return List.of(
                Row.of("scratch", "scratch").asDefault().measuring(scratch(CaseStages::scratch, "top1")),
                profile.scratch().adam().emaDecay() > 0
                        ? withoutAverage
                        : withoutAverage.skipped("this profile's scratch recipe has no weight average"),
                Row.of("scratch-finetune-budget", "scratch, fine-tuning budget")
                        .measuring(scratch(CaseStages::scratchAtFinetuneBudget, "top1")),
                Row.of("dino", "DINO").measuring(encoders(CaseStages::dino, PaperSize.B)),
                Row.of("moco-v3", "MoCo v3").measuring(encoders(CaseStages::mocoV3, PaperSize.B, PaperSize.L)),
                Row.of("beit", "BEiT").measuring(encoders(CaseStages::beit, PaperSize.B, PaperSize.L)),
                Row.of("mae", "MAE")
                        .takingImport()
                        .set(maeChanges(profile))
                        .measuring(encoders(CaseStages::encoder, PaperSize.B, PaperSize.L, PaperSize.H))
                        .measuring(TWICE_THE_RESOLUTION.by(stages -> PaperSize.H
                                .measured(stages, CaseStages::encoder)
                                .finetuneAt(profile.sizes().highResolution()))));
    }

    /** Normalised pixels and the longer schedule, with the rate that was tuned for it. */
    static Map<String, String> maeChanges(Settings profile) {
        SystemSizes sizes = profile.sizes();
        Map<String, String> changes =
                new TreeMap<>(Map.of("pretrain.target", new ReconstructionTarget.NormalisedPixel().key()));
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

    private static List<Column> scratch(Function<CaseStages, Stage> training, String value) {
        return PaperSize.ALL.stream()
                .map(size -> size.column().by(stages -> training.apply(size.of(stages)), value))
                .toList();
    }

    private static List<Column> encoders(Function<CaseStages, EncoderStage> method, PaperSize... measured) {
        List<Column> columns = new ArrayList<>();
        for (PaperSize size : measured) {
            columns.add(size.column().by(stages -> size.measured(stages, method).finetune()));
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
}
