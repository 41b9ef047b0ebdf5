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
import java.util.stream.Stream;

/**
 * How pre-training images are augmented: not at all, by crops, or by crops and colour jitter.
 *
 * <p>Source: paper, section 4.1, table 1 (e). Command: {@code ./mae reproduce table1e}.
 *
 * <p>Cost in each profile: three pre-trainings with their evaluations beyond the default's; smoke a few steps of each.
 */
public final class Table1eAugmentation implements PaperTable {
    @Override
    public String id() {
        return "table1e";
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    public boolean inDefaultRun() {
        return true;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        return List.of(
                AblationCase.of(CaseLayout.of("none", "none", false), augmentation("none")),
                AblationCase.of(
                        CaseLayout.of("crop-fixed-size", "crop, fixed size", false), augmentation("crop-fixed-size")),
                AblationCase.of(row("crop-random-size", "crop, rand size", profile), Map.of()),
                AblationCase.of(
                        CaseLayout.of("crop-color-jitter", "crop + color jit", false),
                        augmentation("crop-color-jitter")));
    }

    private static Map<String, String> augmentation(String name) {
        return Map.of("pretrain.augmentation", name);
    }

    private static CaseLayout row(String key, String label, Settings profile) {
        String ours = Columns.ours(key, profile.pretrain().augmentation());
        return CaseLayout.of(key, label, ours, true);
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily table = terms.family(id());
        return List.of(
                table.primary(
                        "table1e-crops-equal",
                        "section 4.1, table 1e",
                        "cropping alone works, of fixed or of random size",
                        Stream.of("ft", "lin")
                                .flatMap(metric -> table
                                        .same("crop-fixed-size." + metric, "crop-random-size." + metric, terms.margin())
                                        .stream())
                                .toList()),
                table.primary(
                        "table1e-jitter",
                        "section 4.1, table 1e",
                        "colour jitter makes it worse",
                        table.higher("crop-random-size.ft", "crop-color-jitter.ft"),
                        table.higher("crop-random-size.lin", "crop-color-jitter.lin")),
                table.primary(
                        "table1e-none-works",
                        "section 4.1, table 1e",
                        "even without augmentation MAE is decent: above training from scratch",
                        table.higher("none.ft", "context:scratch.ft")),
                table.secondary(
                        "table1e-none-worse",
                        "table 1e (numbers only)",
                        "no augmentation is worse than cropping",
                        table.higher("crop-random-size.ft", "none.ft"),
                        table.higher("crop-random-size.lin", "none.lin")));
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Table 1e. Data augmentation",
                "MAE works with minimal or no augmentation.",
                "paper, table 1 (e)",
                "./mae reproduce table1e",
                Columns.PRETRAINING,
                AblationCase.layouts(cases(profile)),
                PlotKind.BARS,
                "",
                "case");
    }
}
