package io.maeharness.reporting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.Host;
import io.maeharness.results.LossCurve;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.PaperValues;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import io.maeharness.results.StoreFile;
import io.maeharness.results.TableLayout;
import io.maeharness.results.Unit;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** A store with invented numbers and the request for its report; fixtures of tests, never published. */
final class SampleReport {

    private final ResultStore store;
    private final Path pictures;
    private final Path output;
    private final List<ReportRequest.Curve> curves = new ArrayList<>();

    SampleReport(Path directory) {
        this.store = new ResultStore(directory);
        this.pictures = directory.resolve("pictures");
        this.output = directory.resolve("report");
    }

    ResultStore store() {
        return store;
    }

    /** Every table with the given number of seeds, with cells in each of the four states. */
    ReportRequest fill(int seeds) throws IOException {
        return fill(seeds, SampleLayouts.all());
    }

    /** Some tables with the given number of seeds. */
    ReportRequest fill(int seeds, List<TableLayout> layouts) throws IOException {
        List<ResultRow> rows = new ArrayList<>();
        for (TableLayout layout : layouts) {
            for (CaseLayout row : layout.cases()) {
                addCase(rows, layout, row, seeds);
            }
        }
        store.put(rows);
        addPictures();
        return request(layouts, store.rows());
    }

    ReportRequest request(List<TableLayout> layouts, List<ResultRow> rows) {
        return new ReportRequest(
                "quick",
                List.of(
                        new ReportRequest.Fact(
                                "Data", "Fashion-MNIST subset, 12,000 training and 2,000 test images, 32×32"),
                        new ReportRequest.Fact("Model", "ViT, patch 4, 96-d × 4 blocks; decoder 48-d × 4 blocks"),
                        new ReportRequest.Fact("Pre-training", "5 epochs, batch 128, mask ratio 75 %"),
                        new ReportRequest.Fact(
                                "Evaluation", "fine-tuning 3 epochs; linear probing 20 epochs; k-NN with k = 20")),
                layouts,
                rows,
                PaperValues.bundled(),
                store.provenance(),
                curves,
                store.curves(),
                pictures,
                output);
    }

    private void addCase(List<ResultRow> rows, TableLayout layout, CaseLayout row, int seeds) {
        if (row.key().equals("dvae-token")) {
            layout.metrics()
                    .forEach(metric -> rows.add(ResultRow.missing(
                            layout.id(),
                            row.key(),
                            metric.key(),
                            0,
                            ResultState.PENDING,
                            "",
                            "its tokenizer is not trained yet")));
            return;
        }
        if (row.series().orElse("").equals("MoCo v3")) {
            return;
        }
        String id = layout.id() + "-" + row.key();
        addCurve(layout, row, "pre-" + id);
        for (MetricLayout metric : layout.metrics()) {
            for (int seed = 0; seed < seeds; seed++) {
                rows.add(row(layout, row, metric, seed, id + "-" + metric.key() + "-" + seed));
            }
        }
    }

    private ResultRow row(TableLayout layout, CaseLayout row, MetricLayout metric, int seed, String stage) {
        if (row.key().equals("block-75") && metric.key().equals("ft")) {
            return ResultRow.missing(
                    layout.id(), row.key(), metric.key(), seed, ResultState.FAILED, stage, "loss is NaN at step 120");
        }
        if (row.key().equals("grid-75") && metric.key().equals("lin")) {
            return ResultRow.missing(
                    layout.id(), row.key(), metric.key(), seed, ResultState.SKIPPED, stage, "--skip lin");
        }
        store.provenance().write(provenance(stage, "finetune", seed));
        return ResultRow.measured(
                layout.id(), row.key(), metric.key(), seed, value(layout, row, metric, seed), stage, stage);
    }

    private static double value(TableLayout layout, CaseLayout row, MetricLayout metric, int seed) {
        if (metric.unit() == Unit.RATIO) {
            return row.isDefault() ? 1 : 3.2;
        }
        double paper = PaperValues.bundled()
                .find(layout.id(), row.key(), metric.key())
                .map(value -> value.value().doubleValue())
                .orElse(74.0);
        return 0.5 * paper + 38 + new Random(row.key().hashCode() * 31L + seed).nextGaussian() * 0.4;
    }

    private void addCurve(TableLayout layout, CaseLayout row, String stage) {
        curves.add(new ReportRequest.Curve(layout.id(), row.key(), stage));
        store.provenance().write(provenance(stage, "pretrain", 0));
        double level = 0.3 + 0.02 * layout.cases().indexOf(row);
        try (LossCurve curve = LossCurve.resume(LossCurve.file(store.curves(), stage), 0)) {
            for (int step = 10; step <= 460; step += 10) {
                curve.append(new LossCurve.Point(step, step / 92.0, level + Math.exp(-step / 60.0), 1e-4, 1100));
            }
        }
    }

    private static Provenance provenance(String key, String kind, int seed) {
        return new Provenance(
                key,
                new Provenance.Stage(
                        kind, key, seed, JsonNodeFactory.instance.objectNode().put("maskRatio", 0.75)),
                new Provenance.Code("0.1.0", "0123456", false),
                new Provenance.Data("fashion-mnist-subset", "sha256:3d1f00aa52"),
                new Host("17.0.1", "a vendor", "Linux 6.1 amd64", "A processor at 2.5 GHz", 2),
                new Provenance.Engine("0.36.0", "PyTorch", "2.7.1", "cpu", "bf16"),
                new Provenance.Cost(Instant.parse("2026-03-01T10:00:00Z"), 21.5, 1100, 700_000_000));
    }

    private void addPictures() throws IOException {
        BufferedImage image = new BufferedImage(480, 120, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        Random random = new Random(1);
        for (int x = 0; x < 480; x += 20) {
            for (int y = 0; y < 120; y += 20) {
                int grey = random.nextInt(256);
                graphics.setColor(new Color(grey, grey, grey));
                graphics.fillRect(x, y, 20, 20);
            }
        }
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        StoreFile.write(pictures.resolve("test.png"), png.toByteArray());
        Pictures.write(
                pictures,
                List.of(new Pictures.Picture(
                        "Test images, mask ratio 75 %",
                        "test.png", "Masked image, reconstruction and original; visible patches are pasted in.")));
    }
}
