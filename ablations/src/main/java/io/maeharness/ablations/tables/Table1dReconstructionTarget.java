package io.maeharness.ablations.tables;

import io.maeharness.core.config.Settings;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
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
