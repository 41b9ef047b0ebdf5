package io.maeharness.ablations.tables;

import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.Settings;
import io.maeharness.results.PlotKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the learning rates of table 3 are chosen: four tries for every method, around the profile's rate, at the size of
 * ViT-B.
 *
 * <p>Accuracies are those of the validation split, whatever the profile evaluates on: the test split must not choose. The
 * profile's own rate shares its pre-training with table 3.
 *
 * <p>Source: not in the paper, which takes the numbers of the other methods from their papers. Command:
 * {@code ./mae reproduce table3-tuning}.
 *
 * <p>Cost in each profile: three pre-trainings a method and three trainings from scratch beyond those of table 3, with
 * their evaluations.
 */
@TableHeader(
        id = "table3-tuning",
        order = 88,
        title = "Table 3, the learning rates",
        caption = "Four tries of the base learning rate for every method of table 3, a quarter, half, all and twice the"
                + " profile's (default), at the size of ViT-B and on the validation split.",
        plot = PlotKind.LINES,
        axis = "multiple of the profile's learning rate",
        rows = "method, base learning rate")
public final class Table3Tuning implements PaperTable {
    private static final List<String> FACTORS = List.of("0.25", "0.5", "1", "2");
    private static final String OWN = "1";
    private static final Column FT = Column.accuracy("ft", "ft, validation");
    private static final Column KNN = Column.accuracy("knn", "k-NN, validation");

    @Override
    public List<Column> columns(Settings profile) {
        return List.of(FT, KNN);
    }

    @Override
    public List<Row> rows(Settings profile) {
        return Stream.concat(
                        FACTORS.stream().map(factor -> scratch(factor, profile)),
                        ComparedMethod.ALL.stream()
                                .flatMap(method -> FACTORS.stream().map(factor -> pretrained(method, factor, profile))))
                .toList();
    }

    private static Row scratch(String factor, Settings profile) {
        String rate = rate(profile.scratch().schedule(), factor);
        return row("scratch", "scratch", rate, factor)
                .set(factor.equals(OWN) ? Map.of() : Map.of("scratch.schedule.baseLr", rate))
                .measuring(FT.by(stages -> PaperSize.B.of(stages.onValidation()).scratch()));
    }

    private static Row pretrained(ComparedMethod method, String factor, Settings profile) {
        String rate = rate(method.schedule(profile), factor);
        Map<String, String> changed =
                factor.equals(OWN) ? Map.of() : Map.of(method.section() + ".schedule.baseLr", rate);
        return row(method.key(), method.label(), rate, factor)
                .set(method.changes(profile, changed))
                .measuring(
                        FT.by(stages -> method.encoder(stages.onValidation()).finetune()),
                        KNN.by(stages -> method.encoder(stages.onValidation()).neighbours()));
    }

    private static String rate(Schedule own, String factor) {
        return new BigDecimal(Double.toString(own.baseLr()))
                .multiply(new BigDecimal(factor))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Row row(String key, String series, String rate, String factor) {
        return Row.of(key + "-rate-" + factor, rate)
                .at(Double.parseDouble(factor))
                .onSeries(series)
                .asDefault(factor.equals(OWN));
    }
}
