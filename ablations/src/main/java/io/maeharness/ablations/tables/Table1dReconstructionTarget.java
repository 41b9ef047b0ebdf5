package io.maeharness.ablations.tables;

import io.maeharness.core.config.Settings;
import io.maeharness.core.reconstruction.ReconstructionTarget;
import io.maeharness.results.PlotKind;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;

/**
 * What the decoder predicts: pixels, pixels normalised in each patch, principal components, or a tokenizer's words.
 *
 * <p>Source: paper, section 4.1, table 1 (d). Command: {@code ./mae reproduce table1d}.
 *
 * <p>Cost in each profile: three pre-trainings with their evaluations beyond the default's, and a tokenizer, which
 * BEiT shares; smoke a few steps of each.
 */
@TableHeader(
        id = "table1d",
        order = 50,
        title = "Table 1d. Reconstruction target",
        caption = "Pixels as reconstruction targets are effective.",
        source = "paper, table 1 (d)",
        plot = PlotKind.BARS,
        inDefaultRun = true)
public final class Table1dReconstructionTarget implements PaperTable {
    /** Points: the very difference that the paper calls an improvement two sentences before. */
    private static final double TOKEN_MARGIN = 0.4;

    @Override
    public List<Row> rows(Settings profile) {
        return List.of(
                Row.of("pixel-without-norm", "pixel (w/o norm)")
                        .asDefault()
                        .ours(
                                new ReconstructionTarget.Pixel(),
                                profile.pretrain().target()),
                Row.of("pixel-with-norm", "pixel (w/ norm)")
                        .set("pretrain.target", new ReconstructionTarget.NormalisedPixel()),
                Row.of("pca", "PCA").set("pretrain.target", new ReconstructionTarget.PrincipalComponents()),
                Row.of("dvae-token", "dVAE token").set("pretrain.target", new ReconstructionTarget.Word()));
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
}
