package io.maeharness.ablations.tables;

import io.maeharness.core.augment.Augmentation;
import io.maeharness.core.config.Settings;
import io.maeharness.results.PlotKind;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;
import java.util.stream.Stream;

/**
 * How pre-training images are augmented: not at all, by crops, or by crops and colour jitter.
 *
 * <p>Source: paper, section 4.1, table 1 (e). Command: {@code ./mae reproduce table1e}.
 *
 * <p>Cost in each profile: three pre-trainings with their evaluations beyond the default's; smoke a few steps of each.
 */
@TableHeader(
        id = "table1e",
        order = 60,
        title = "Table 1e. Data augmentation",
        caption = "MAE works with minimal or no augmentation.",
        source = "paper, table 1 (e)",
        plot = PlotKind.BARS,
        inDefaultRun = true)
public final class Table1eAugmentation implements PaperTable {
    @Override
    public List<Row> rows(Settings profile) {
        return List.of(
                Row.of("none", "none").set("pretrain.augmentation", Augmentation.NONE),
                Row.of("crop-fixed-size", "crop, fixed size")
                        .set("pretrain.augmentation", Augmentation.CROP_FIXED_SIZE),
                Row.of("crop-random-size", "crop, rand size")
                        .asDefault()
                        .ours(Augmentation.CROP_RANDOM_SIZE, profile.pretrain().augmentation()),
                Row.of("crop-color-jitter", "crop + color jit")
                        .set("pretrain.augmentation", Augmentation.CROP_COLOR_JITTER));
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
}
