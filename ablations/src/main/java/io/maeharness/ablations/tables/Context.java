package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.Measurement;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.CellKey;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the accuracies of the other tables are to be held against: raw pixels, random weights, training from scratch.
 *
 * <p>Small images make strong baselines of simple ones, so a number means little without them. From scratch is measured
 * twice: with the budget and recipe of fine-tuning (no layer-wise decay, as no layer is pre-trained), and with the
 * recipe made for it.
 *
 * <p>Source: not in the paper as a table; the comparison with training from scratch is in section 4 and table 11.
 * Command: {@code ./mae reproduce context}.
 *
 * <p>Cost in each profile: two trainings from scratch and three evaluations without training of the encoder; the row of
 * the default is shared with the other tables.
 */
public final class Context implements PaperTable {
    private static final String MAE = "mae";

    @Override
    public String id() {
        return "context";
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public boolean takesImport(AblationCase row) {
        return row.key().equals(MAE);
    }

    @Override
    public boolean inDefaultRun() {
        return true;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        return List.of(
                row("raw-pixels", "raw pixels", neighbours(CaseStages::neighboursOfPixels)),
                row("random-weights", "random weights", randomWeights()),
                row(
                        "scratch-finetune-budget",
                        "from scratch, fine-tuning budget",
                        Measurement.accuracies("ft", CaseStages::scratchAtFinetuneBudget)),
                row("scratch", "from scratch, own recipe", Measurement.accuracies("ft", CaseStages::scratch)),
                AblationCase.of(CaseLayout.of(MAE, "MAE, default", true), Map.of()));
    }

    private static AblationCase row(String key, String label, List<Measurement> columns) {
        return AblationCase.of(CaseLayout.of(key, label, false), Map.of()).measuredBy(columns);
    }

    private static List<Measurement> neighbours(Function<CaseStages, Stage> stage) {
        return List.of(new Measurement.OfStage("knn", stage, "top1"));
    }

    private static List<Measurement> randomWeights() {
        return Stream.concat(
                        Measurement.accuracies("lin", CaseStages::probeRandomWeights).stream(),
                        neighbours(CaseStages::neighboursOfRandomWeights).stream())
                .toList();
    }

    /** From which length of training on an encoder is better than none: a reader may ask why to believe in this one. */
    @Override
    public Optional<String> remark(Settings profile, Function<CellKey, OptionalDouble> means) {
        return ContextLengths.passingRawPixels(profile, means);
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily section = terms.family("section4", id());
        return List.of(
                section.primary(
                        "context-beats-scratch",
                        "section 4, baseline table",
                        "MAE pre-training beats training from scratch",
                        section.higher("mae.ft", "scratch.ft")),
                section.primary(
                        "section43-disagree",
                        "section 4.3",
                        "linear probing and fine-tuning rank settings differently: tokens gain in one and lose in the other",
                        section.higher("table1d:dvae-token.ft", "table1d:pixel-without-norm.ft"),
                        section.higher("table1d:pixel-without-norm.lin", "table1d:dvae-token.lin")));
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Context",
                "What the same images give without masked pre-training.",
                "this harness",
                "./mae reproduce context",
                Columns.PRETRAINING,
                AblationCase.layouts(cases(profile)),
                PlotKind.NONE,
                "",
                "case");
    }
}
