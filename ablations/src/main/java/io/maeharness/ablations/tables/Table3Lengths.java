package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.Measurement;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How long each method of table 3 has to pre-train before it pays: a quarter, half, all and twice the schedule of table
 * 3, at the size of ViT-B.
 *
 * <p>Each point is a schedule of its own with its learning rate taken to the end, as figure 7 has it for MAE alone. The
 * row of no pre-training is training from scratch at the budget of fine-tuning, and the nearest neighbours of random
 * weights.
 *
 * <p>Source: not in the paper; figure 7's question asked of every method. Command:
 * {@code ./mae reproduce table3-lengths}.
 *
 * <p>Cost in each profile: three pre-trainings a method beyond those of table 3, of together 2.75 times their length,
 * with their evaluations.
 */
public final class Table3Lengths implements PaperTable {
    private static final List<Integer> PERCENT = List.of(25, 50, 100, 200);
    private static final int WHOLE = 100;

    @Override
    public String id() {
        return "table3-lengths";
    }

    @Override
    public int order() {
        return 87;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        return Stream.concat(Stream.of(none()), ComparedMethod.ALL.stream().flatMap(method -> PERCENT.stream()
                        .map(percent -> length(method, percent, profile))))
                .toList();
    }

    private static AblationCase none() {
        CaseLayout layout = CaseLayout.of("scratch-0", "0 %", "", true, 0).onSeries("scratch, fine-tuning budget");
        return AblationCase.of(layout, Map.of())
                .measuredBy(List.of(
                        new Measurement.OfStage(
                                Columns.FT.key(),
                                stages -> PaperSize.B.of(stages).scratchAtFinetuneBudget(),
                                "top1"),
                        new Measurement.OfStage(
                                Columns.KNN.key(),
                                stages -> PaperSize.B.of(stages).neighboursOfRandomWeights(),
                                "top1")));
    }

    private static AblationCase length(ComparedMethod method, int percent, Settings profile) {
        CaseLayout layout = CaseLayout.of(method.key() + "-" + percent, percent + " %", "", false, percent)
                .onSeries(method.label());
        return AblationCase.of(layout, method.changes(profile, stretched(method.schedule(profile), percent)))
                .measuredBy(List.of(
                        new Measurement.OfStage(
                                Columns.FT.key(),
                                stages -> PaperSize.B
                                        .measured(stages, method.stage())
                                        .finetune(),
                                "top1"),
                        new Measurement.OfStage(
                                Columns.KNN.key(),
                                stages -> PaperSize.B
                                        .measured(stages, method.stage())
                                        .neighbours(),
                                "top1")));
    }

    private static Map<String, String> stretched(Schedule whole, int percent) {
        if (percent == WHOLE) {
            return Map.of();
        }
        Schedule ours = whole.stretched((double) percent / WHOLE);
        Map<String, String> changes = new TreeMap<>(Map.of("epochs", Double.toString(ours.epochs())));
        if (ours.warmupEpochs() > 0) {
            changes.put("warmupEpochs", Double.toString(ours.warmupEpochs()));
        }
        return changes;
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Table 3, lengths of pre-training",
                "Fine-tuning and nearest neighbours after pre-trainings of a quarter, half, all and twice the length of"
                        + " table 3, at the size of ViT-B, compared with training from scratch at the budget of"
                        + " fine-tuning and with the neighbours of random weights.",
                "this harness",
                "./mae reproduce table3-lengths",
                List.of(Columns.FT, Columns.KNN),
                AblationCase.layouts(cases(profile)),
                PlotKind.LINES,
                "percent of table 3's pre-training",
                "method");
    }
}
