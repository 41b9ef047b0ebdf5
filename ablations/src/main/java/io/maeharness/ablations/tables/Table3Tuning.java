package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.EncoderStages;
import io.maeharness.ablations.stages.Measurement;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import io.maeharness.results.Unit;
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
public final class Table3Tuning implements PaperTable {
    private static final List<String> FACTORS = List.of("0.25", "0.5", "1", "2");
    private static final String OWN = "1";
    private static final MetricLayout FT = new MetricLayout("ft", "ft, validation", Unit.PERCENT, 1);
    private static final MetricLayout KNN = new MetricLayout("knn", "k-NN, validation", Unit.PERCENT, 1);

    @Override
    public String id() {
        return "table3-tuning";
    }

    @Override
    public int order() {
        return 88;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        return Stream.concat(
                        FACTORS.stream().map(factor -> scratch(factor, profile)),
                        ComparedMethod.ALL.stream()
                                .flatMap(method -> FACTORS.stream().map(factor -> pretrained(method, factor, profile))))
                .toList();
    }

    private static AblationCase scratch(String factor, Settings profile) {
        String rate = rate(profile.scratch().schedule(), factor);
        return AblationCase.of(
                        layout("scratch", "scratch", rate, factor),
                        factor.equals(OWN) ? Map.of() : Map.of("scratch.schedule.baseLr", rate))
                .measuredBy(List.of(new Measurement.OfStage(
                        FT.key(),
                        stages -> PaperSize.B.of(stages.onValidation()).scratch(),
                        "top1")));
    }

    private static AblationCase pretrained(ComparedMethod method, String factor, Settings profile) {
        String rate = rate(method.schedule(profile), factor);
        Map<String, String> changed = factor.equals(OWN) ? Map.of() : Map.of("baseLr", rate);
        return AblationCase.of(layout(method.key(), method.label(), rate, factor), method.changes(profile, changed))
                .measuredBy(List.of(
                        new Measurement.OfStage(
                                FT.key(), stages -> encoder(method, stages).finetune(), "top1"),
                        new Measurement.OfStage(
                                KNN.key(), stages -> encoder(method, stages).neighbours(), "top1")));
    }

    private static EncoderStages encoder(ComparedMethod method, CaseStages stages) {
        return PaperSize.B.measured(stages.onValidation(), method.stage());
    }

    private static String rate(Schedule own, String factor) {
        return new BigDecimal(Double.toString(own.baseLr()))
                .multiply(new BigDecimal(factor))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static CaseLayout layout(String key, String series, String rate, String factor) {
        return CaseLayout.of(key + "-rate-" + factor, rate, "", factor.equals(OWN), Double.parseDouble(factor))
                .onSeries(series);
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Table 3, the learning rates",
                "Four tries of the base learning rate for every method of table 3, a quarter, half, all and twice the"
                        + " profile's (default), at the size of ViT-B and on the validation split.",
                "this harness",
                "./mae reproduce table3-tuning",
                List.of(FT, KNN),
                AblationCase.layouts(cases(profile)),
                PlotKind.LINES,
                "multiple of the profile's learning rate",
                "method, base learning rate");
    }
}
