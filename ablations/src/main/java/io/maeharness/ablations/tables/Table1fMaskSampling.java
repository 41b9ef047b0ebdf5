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
 * Which patches to hide: at random, in blocks, or on a grid.
 *
 * <p>Source: paper, section 4.1, table 1 (f). Command: {@code ./mae reproduce table1f}.
 *
 * <p>Cost in each profile: three pre-trainings with their evaluations beyond the default's; smoke a few steps of each.
 */
public final class Table1fMaskSampling implements PaperTable {
    @Override
    public String id() {
        return "table1f";
    }

    @Override
    public int order() {
        return 70;
    }

    @Override
    public boolean inDefaultRun() {
        return true;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        return List.of(
                AblationCase.of(row("random-75", "random 75", profile), Map.of()),
                AblationCase.of(
                        CaseLayout.of("block-50", "block 50", false),
                        Map.of("pretrain.maskSampling", "block", "pretrain.maskRatio", "0.5")),
                AblationCase.of(CaseLayout.of("block-75", "block 75", false), Map.of("pretrain.maskSampling", "block")),
                AblationCase.of(CaseLayout.of("grid-75", "grid 75", false), Map.of("pretrain.maskSampling", "grid")));
    }

    private static CaseLayout row(String key, String label, Settings profile) {
        String ours = Columns.ours("random", profile.pretrain().maskSampling());
        return CaseLayout.of(key, label, ours, true);
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily table = terms.family(id());
        return List.of(
                table.primary(
                        "table1f-random-ft",
                        "section 4.1, table 1f",
                        "random sampling is best (fine-tuning)",
                        table.higher("random-75.ft", "block-50.ft"),
                        table.higher("random-75.ft", "block-75.ft"),
                        table.higher("random-75.ft", "grid-75.ft")),
                table.primary(
                        "table1f-random-lin",
                        "section 4.1, table 1f",
                        "random sampling is best (linear probing)",
                        table.higher("random-75.lin", "block-50.lin"),
                        table.higher("random-75.lin", "block-75.lin"),
                        table.higher("random-75.lin", "grid-75.lin")),
                table.primary(
                        "table1f-block-75",
                        "section 4.1, table 1f",
                        "block-wise masking works at 50 % but degrades at 75 %",
                        table.higher("block-50.ft", "block-75.ft"),
                        table.higher("block-50.lin", "block-75.lin")),
                table.secondary(
                        "table1f-block-50",
                        "section 4.1, table 1f",
                        "block-wise masking at 50 % works reasonably: above scratch",
                        table.higher("block-50.ft", "context:scratch.ft")));
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Table 1f. Mask sampling",
                "Random sampling works best.",
                "paper, table 1 (f)",
                "./mae reproduce table1f",
                Columns.PRETRAINING,
                AblationCase.layouts(cases(profile)),
                PlotKind.BARS,
                "",
                "case");
    }
}
