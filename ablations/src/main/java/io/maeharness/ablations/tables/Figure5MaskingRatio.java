package io.maeharness.ablations.tables;

import io.maeharness.core.config.Settings;
import io.maeharness.results.PlotKind;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import io.maeharness.results.claims.Combination;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many patches to hide: ten masking ratios.
 *
 * <p>Source: paper, section 4.1, figure 5. Command: {@code ./mae reproduce figure5}.
 *
 * <p>Cost in each profile: ten pre-trainings with their evaluations; smoke a few steps of each, quick and cifar10 the
 * largest of the default tables, imagenet ten full pre-trainings. Low ratios cost more, since the encoder sees the
 * patches that are kept.
 */
@TableHeader(
        id = "figure5",
        order = 10,
        title = "Figure 5. Masking ratio",
        caption = "A high masking ratio (75 %) works well for both fine-tuning and linear probing.",
        source = "paper, figure 5",
        plot = PlotKind.LINES,
        axis = "masking ratio (%)",
        rows = "ratio (%)",
        inDefaultRun = true)
public final class Figure5MaskingRatio implements PaperTable {
    private static final List<Integer> PERCENTS = List.of(10, 20, 30, 40, 50, 60, 70, 75, 80, 90);
    private static final int DEFAULT = 75;
    private static final String PLACE = "section 4.1, figure 5";

    @Override
    public List<Row> rows(Settings profile) {
        return PERCENTS.stream().map(percent -> ratio(percent, profile)).toList();
    }

    private static Row ratio(int percent, Settings profile) {
        Row row = Row.of("ratio-" + percent, Integer.toString(percent)).at(percent);
        return percent == DEFAULT
                ? row.asDefault().ours(percent, profile.pretrain().maskRatio().percent())
                : row.set("pretrain.maskRatio", percent / 100.0);
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily figure = terms.family(id());
        return Stream.concat(claimsOfLevel(figure, terms.margin()), claimsOfShape(figure))
                .toList();
    }

    /** Which ratios are as good as which others. */
    private static Stream<Claim> claimsOfLevel(ClaimFamily figure, double margin) {
        return Stream.of(
                figure.primary(
                        "figure5-75-both",
                        "figure 5 caption; section 4.1",
                        "75 % is a good ratio for fine-tuning and for linear probing alike",
                        Stream.of("ft", "lin")
                                .flatMap(metric -> PERCENTS.stream()
                                        .filter(percent -> percent != DEFAULT)
                                        .map(percent ->
                                                figure.notWorse(cell(DEFAULT, metric), cell(percent, metric), margin)))
                                .toList()),
                figure.primary(
                        "figure5-ft-plateau",
                        PLACE,
                        "any ratio from 40 to 80 % fine-tunes well",
                        Stream.of(40, 50, 60, 70, 80)
                                .map(percent -> figure.notWorse(cell(percent, "ft"), cell(DEFAULT, "ft"), margin))
                                .toList()),
                figure.primary(
                        "figure5-ft-beats-scratch",
                        PLACE,
                        "every fine-tuned ratio beats training from scratch",
                        PERCENTS.stream()
                                .map(percent -> figure.higher(cell(percent, "ft"), "context:scratch.ft"))
                                .toList()));
    }

    /** How the two curves run. */
    private static Stream<Claim> claimsOfShape(ClaimFamily figure) {
        Combination low = mean(figure, "lin", 10, 20, 30);
        Combination middle = mean(figure, "lin", 40, 50, 60);
        Combination highFt = mean(figure, "ft", 60, 70, 75);
        Combination lowFt = mean(figure, "ft", 10, 20, 30);
        return Stream.of(
                figure.primary(
                        "figure5-lin-peak",
                        PLACE,
                        "linear probing has its sweet point at a high ratio: the best lies in 60-80 %",
                        Stream.of(10, 20, 30, 40, 50, 90)
                                .map(percent -> figure.higher(
                                        mean(figure, "lin", 60, 70, 75, 80), mean(figure, "lin", percent)))
                                .toList()),
                figure.primary(
                        "figure5-lin-steeper",
                        PLACE,
                        "the two curves differ: fine-tuning depends much less on the ratio",
                        figure.interaction(mean(figure, "lin", 60, 70, 75), low, highFt, lowFt)),
                figure.secondary(
                        "figure5-lin-rise",
                        PLACE,
                        "linear probing rises steadily up to the sweet point (by up to about 20 points)",
                        figure.higher(middle, low),
                        figure.higher(mean(figure, "lin", 70, 75), middle)),
                figure.secondary(
                        "figure5-ft-high",
                        PLACE,
                        "high ratios (unlike BERT's 15 %) are best for fine-tuning too",
                        figure.higher(highFt, lowFt)));
    }

    private static String cell(int percent, String metric) {
        return "ratio-" + percent + "." + metric;
    }

    private static Combination mean(ClaimFamily figure, String metric, int... percents) {
        return figure.mean(IntStream.of(percents)
                .mapToObj(percent -> cell(percent, metric))
                .toArray(String[]::new));
    }
}
