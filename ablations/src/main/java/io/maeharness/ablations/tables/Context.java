package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CellKey;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

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
@TableHeader(
        id = "context",
        order = 100,
        title = "Context",
        caption = "What the same images give without masked pre-training.",
        inDefaultRun = true)
public final class Context implements PaperTable {
    @Override
    public List<Row> rows(Settings profile) {
        return List.of(
                Row.of("raw-pixels", "raw pixels").measuring(Columns.KNN.by(CaseStages::neighboursOfPixels)),
                Row.of("random-weights", "random weights")
                        .measuring(Columns.LIN.withTop5(CaseStages::probeRandomWeights))
                        .measuring(Columns.KNN.by(CaseStages::neighboursOfRandomWeights)),
                Row.of("scratch-finetune-budget", "from scratch, fine-tuning budget")
                        .measuring(Columns.FT.withTop5(CaseStages::scratchAtFinetuneBudget)),
                Row.of("scratch", "from scratch, own recipe").measuring(Columns.FT.withTop5(CaseStages::scratch)),
                Row.of("mae", "MAE, default").asDefault().takingImport());
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
}
