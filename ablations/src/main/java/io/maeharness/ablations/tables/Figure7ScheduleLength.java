package io.maeharness.ablations.tables;

import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.Settings;
import io.maeharness.results.PlotKind;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;

/**
 * How long to pre-train: an eighth, a quarter, half, all and twice the default's epochs.
 *
 * <p>The warm-up is stretched with the schedule, so a case changes both where the profile has a warm-up.
 *
 * <p>Source: paper, section 4.1, figure 7. Command: {@code ./mae reproduce figure7}.
 *
 * <p>Cost in each profile: four pre-trainings beyond the default's, of together 2.875 times its length, with their
 * evaluations; smoke a few steps of each.
 */
@TableHeader(
        id = "figure7",
        order = 80,
        title = "Figure 7. Training schedules",
        caption = "A longer training schedule gives a noticeable improvement.",
        source = "paper, figure 7",
        plot = PlotKind.LINES,
        axis = "pre-training epochs",
        rows = "epochs")
public final class Figure7ScheduleLength implements PaperTable {
    /** Least squares over five lengths, each twice the one before. */
    private static final List<Double> POINTS_A_DOUBLING = List.of(-0.2, -0.1, 0.0, 0.1, 0.2);

    private static final List<Integer> EPOCHS = List.of(100, 200, 400, 800, 1600);
    private static final int DEFAULT = 800;

    @Override
    public List<Row> rows(Settings profile) {
        return EPOCHS.stream()
                .map(epochs -> length(epochs, profile.pretrain().schedule()))
                .toList();
    }

    private static Row length(int epochs, Schedule whole) {
        double times = (double) epochs / DEFAULT;
        return Row.of("epochs-" + epochs, Integer.toString(epochs))
                .at(epochs)
                .ours(epochs, whole.stretched(times).epochs())
                .stretched("pretrain", whole, times)
                .asDefault(epochs == DEFAULT);
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily figure = terms.family(id());
        String place = "section 4.1, figure 7";
        return List.of(
                figure.primary(
                        "figure7-ft-trend",
                        place,
                        "longer pre-training fine-tunes better",
                        figure.slope(
                                EPOCHS.stream()
                                        .map(epochs -> "epochs-" + epochs + ".ft")
                                        .toList(),
                                POINTS_A_DOUBLING)),
                figure.primary(
                        "figure7-lin-unsaturated",
                        place,
                        "linear probing has not saturated at the longest schedule",
                        figure.higher("epochs-1600.lin", "epochs-800.lin")),
                figure.secondary(
                        "figure7-lin-steady",
                        place,
                        "linear probing improves with every doubling",
                        figure.higher("epochs-200.lin", "epochs-100.lin"),
                        figure.higher("epochs-400.lin", "epochs-200.lin"),
                        figure.higher("epochs-800.lin", "epochs-400.lin"),
                        figure.higher("epochs-1600.lin", "epochs-800.lin")));
    }
}
