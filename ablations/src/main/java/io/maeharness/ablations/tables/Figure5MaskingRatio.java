package io.maeharness.ablations.tables;

import io.maeharness.core.config.Settings;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import java.util.List;
import java.util.Map;

/**
 * How many patches to hide: ten masking ratios.
 *
 * <p>Source: paper, section 4.1, figure 5. Command: {@code ./mae reproduce figure5}.
 *
 * <p>Cost in each profile: ten pre-trainings with their evaluations; smoke a few steps of each, quick and cifar10 the
 * largest of the default tables, imagenet ten full pre-trainings. Low ratios cost more, since the encoder sees the
 * patches that are kept.
 */
public final class Figure5MaskingRatio implements PaperTable {
    private static final List<Integer> PERCENTS = List.of(10, 20, 30, 40, 50, 60, 70, 75, 80, 90);
    private static final int DEFAULT = 75;

    @Override
    public String id() {
        return "figure5";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public boolean inDefaultRun() {
        return true;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        return PERCENTS.stream().map(percent -> ratio(percent, profile)).toList();
    }

    private static AblationCase ratio(int percent, Settings profile) {
        boolean isDefault = percent == DEFAULT;
        String ours = isDefault ? Columns.ours(percent, profile.pretrain().maskRatio() * 100) : "";
        return AblationCase.of(
                CaseLayout.of("ratio-" + percent, Integer.toString(percent), ours, isDefault, percent),
                isDefault ? Map.of() : Map.of("pretrain.maskRatio", Double.toString(percent / 100.0)));
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Figure 5. Masking ratio",
                "A high masking ratio (75 %) works well for both fine-tuning and linear probing.",
                "paper, figure 5",
                "./mae reproduce figure5",
                Columns.PRETRAINING,
                AblationCase.layouts(cases(profile)),
                PlotKind.LINES,
                "masking ratio (%)",
                "ratio (%)");
    }
}
