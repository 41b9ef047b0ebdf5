package io.maeharness.ablations.tables;

import io.maeharness.core.config.Settings;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;
import java.util.Map;

/**
 * What the decoder predicts: pixels, pixels normalised in each patch, principal components, or a tokenizer's words.
 *
 * <p>Source: paper, section 4.1, table 1 (d). Command: {@code ./mae reproduce table1d}.
 *
 * <p>Cost in each profile: three pre-trainings with their evaluations beyond the default's, and a tokenizer, which
 * BEiT shares; smoke a few steps of each.
 */
public final class Table1dReconstructionTarget implements PaperTable {
    /** Points: the very difference that the paper calls an improvement two sentences before. */
    private static final double TOKEN_MARGIN = 0.4;

    @Override
    public String id() {
        return "table1d";
    }

    @Override
    public int order() {
        return 50;
    }

    @Override
    public boolean inDefaultRun() {
        return true;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        return List.of(
                AblationCase.of(row("pixel-without-norm", "pixel (w/o norm)", profile), Map.of()),
                AblationCase.of(CaseLayout.of("pixel-with-norm", "pixel (w/ norm)", false), target("pixel-norm")),
                AblationCase.of(CaseLayout.of("pca", "PCA", false), target("pca")),
                AblationCase.of(CaseLayout.of("dvae-token", "dVAE token", false), target("dvae-token")));
    }

    private static Map<String, String> target(String name) {
        return Map.of("pretrain.target", name);
    }

    private static CaseLayout row(String key, String label, Settings profile) {
        String ours = Columns.ours("pixel", profile.pretrain().target());
        return CaseLayout.of(key, label, ours, true);
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily table = terms.family(id());
        String place = "section 4.1, table 1d";
        return List.of(
                table.primary(
                        "table1d-norm-ft",
                        place,
                        "normalised pixels are the better target (fine-tuning)",
                        table.higher("pixel-with-norm.ft", "pixel-without-norm.ft")),
                table.primary(
                        "table1d-pca-lin",
                        place,
                        "predicting only the largest principal components is worse (linear probing)",
                        table.higher("pixel-without-norm.lin", "pca.lin")),
                table.primary(
                        "table1d-token-no-advantage",
                        place,
                        "tokens have no advantage over normalised pixels (fine-tuning)",
                        table.notWorse("pixel-with-norm.ft", "dvae-token.ft", TOKEN_MARGIN)),
                table.primary(
                        "table1d-token-lin",
                        place,
                        "tokens cost linear probing",
                        table.higher("pixel-without-norm.lin", "dvae-token.lin")),
                table.secondary(
                        "table1d-norm-lin",
                        place,
                        "normalised pixels are the better target (linear probing)",
                        table.higher("pixel-with-norm.lin", "pixel-without-norm.lin")),
                table.secondary(
                        "table1d-pca-ft",
                        place,
                        "principal components are worse (fine-tuning)",
                        table.higher("pixel-without-norm.ft", "pca.ft")),
                table.secondary(
                        "table1d-token-ft",
                        place,
                        "tokens beat unnormalised pixels (fine-tuning, 0.4)",
                        table.higher("dvae-token.ft", "pixel-without-norm.ft")));
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Table 1d. Reconstruction target",
                "Pixels as reconstruction targets are effective.",
                "paper, table 1 (d)",
                "./mae reproduce table1d",
                Columns.PRETRAINING,
                AblationCase.layouts(cases(profile)),
                PlotKind.BARS,
                "",
                "case");
    }
}
