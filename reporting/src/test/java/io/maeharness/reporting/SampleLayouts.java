package io.maeharness.reporting;

import io.maeharness.results.CaseLayout;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import io.maeharness.results.Unit;
import java.util.List;
import java.util.stream.IntStream;

/** Layouts like those of the ablations, for tests of the report. */
final class SampleLayouts {

    static final MetricLayout FT = new MetricLayout("ft", "ft", Unit.PERCENT, 1);
    static final MetricLayout LIN = new MetricLayout("lin", "lin", Unit.PERCENT, 1);
    static final MetricLayout KNN = new MetricLayout("knn", "k-NN", Unit.PERCENT, 1);
    static final MetricLayout FLOPS = new MetricLayout("flops", "FLOPs", Unit.RATIO, 1);

    private SampleLayouts() {}

    static List<TableLayout> all() {
        return List.of(figure5(), table1a(), table1c(), table1d(), table1f(), figure9());
    }

    static TableLayout figure5() {
        List<CaseLayout> cases = IntStream.of(10, 20, 30, 40, 50, 60, 70, 75, 80, 90)
                .mapToObj(ratio ->
                        CaseLayout.of("ratio-" + ratio, ratio + " %").at(ratio).asDefault(ratio == 75))
                .toList();
        return layout(
                "figure5",
                "Figure 5. Masking ratio",
                "A high masking ratio works well for fine-tuning and for linear probing.",
                List.of(FT, LIN, KNN),
                cases,
                PlotKind.LINES,
                "masking ratio (%)");
    }

    static TableLayout table1a() {
        int[] paper = {1, 2, 4, 8, 12};
        int[] ours = {1, 2, 3, 4, 6};
        List<CaseLayout> cases = IntStream.range(0, paper.length)
                .mapToObj(i -> CaseLayout.of("depth-" + paper[i], Integer.toString(paper[i]))
                        .withOurs(paper[i] == ours[i] ? "" : Integer.toString(ours[i]))
                        .at(paper[i])
                        .asDefault(paper[i] == 8))
                .toList();
        return layout(
                "table1a",
                "Table 1a. Decoder depth",
                "A deep decoder can improve linear probing accuracy.",
                List.of(FT, LIN, KNN),
                cases,
                PlotKind.LINES,
                "decoder blocks");
    }

    static TableLayout table1c() {
        return layout(
                "table1c",
                "Table 1c. Mask token",
                "An encoder without mask tokens is more accurate and faster.",
                List.of(FT, LIN, FLOPS),
                List.of(
                        CaseLayout.of("encoder-with-mask-token", "encoder w/ [M]"),
                        CaseLayout.of("encoder-without-mask-token", "encoder w/o [M]")
                                .asDefault(true)),
                PlotKind.BARS,
                "case");
    }

    static TableLayout table1d() {
        return layout(
                "table1d",
                "Table 1d. Reconstruction target",
                "Pixels as reconstruction targets are effective.",
                List.of(FT, LIN),
                List.of(
                        CaseLayout.of("pixel-without-norm", "pixel (w/o norm)").asDefault(true),
                        CaseLayout.of("pixel-with-norm", "pixel (w/ norm)"),
                        CaseLayout.of("pca", "PCA"),
                        CaseLayout.of("dvae-token", "dVAE token")),
                PlotKind.BARS,
                "case");
    }

    static TableLayout table1f() {
        return layout(
                "table1f",
                "Table 1f. Mask sampling",
                "Random sampling works the best.",
                List.of(FT, LIN),
                List.of(
                        CaseLayout.of("random-75", "random 75").asDefault(true),
                        CaseLayout.of("block-50", "block 50"),
                        CaseLayout.of("block-75", "block 75"),
                        CaseLayout.of("grid-75", "grid 75")),
                PlotKind.BARS,
                "case");
    }

    static TableLayout figure9() {
        List<CaseLayout> cases = List.of("mae", "moco-v3").stream()
                .flatMap(series -> IntStream.of(0, 1, 2, 4, 6, 12, 18, 24)
                        .mapToObj(blocks -> CaseLayout.of(series + "-blocks-" + blocks, Integer.toString(blocks))
                                .withOurs(blocks < 4 ? "" : Integer.toString(blocks / 4 + 2))
                                .at(blocks)
                                .onSeries(series.equals("mae") ? "MAE" : "MoCo v3")))
                .toList();
        return layout(
                "figure9",
                "Figure 9. Partial fine-tuning",
                "Accuracy over the number of fine-tuned blocks; 0 is linear probing.",
                List.of(FT),
                cases,
                PlotKind.LINES,
                "blocks fine-tuned");
    }

    private static TableLayout layout(
            String id,
            String title,
            String caption,
            List<MetricLayout> metrics,
            List<CaseLayout> cases,
            PlotKind plot,
            String xLabel) {
        String source = "paper, "
                + title.substring(0, title.indexOf('.')).replace('T', 't').replace('F', 'f');
        return new TableLayout(
                id, title, caption, source, "./mae reproduce " + id, metrics, cases, plot, xLabel, xLabel);
    }
}
