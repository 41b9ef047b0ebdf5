package io.maeharness.ablations.tables;

import io.maeharness.ablations.bench.WallClockStage;
import io.maeharness.ablations.bench.WallClockStage.Quantity;
import io.maeharness.ablations.bench.WallClockStage.Variant;
import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CellKey;
import io.maeharness.results.Unit;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import io.maeharness.results.claims.Component;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How much time an encoder without mask tokens and a shallow decoder save.
 *
 * <p>Forward and backward of the paper's own ViT-L/16 and ViT-H/14 at 224 pixels, decoder 512 wide, mask ratio 75 %, are
 * timed on this machine's device, on one core of a processor; the hours are extrapolated to the paper's 800 epochs. The
 * profile's own model and its counterpart of ViT-H follow, without and with the optimiser's update. The images are noise; a row's three variants are
 * measured together.
 *
 * <p>Source: paper, section 4.1, table 2. Command: {@code ./mae reproduce table2}.
 *
 * <p>Cost in each profile: about 8 minutes for ViT-L and 20 for ViT-H on a processor whatever the profile, and less than
 * four minutes for the profile's own models; smoke leaves the paper's models out.
 */
@TableHeader(
        id = Table2WallClock.ID,
        order = 75,
        title = "Table 2. Wall-clock time",
        caption =
                "An encoder without mask tokens and a shallow decoder make pre-training several times faster. Ours: forward"
                        + " and backward on noise, the median of a few processes and the spread between the slowest and"
                        + " the fastest; hours are extrapolated from the time of an image to 800 epochs of ImageNet-1K"
                        + " on this one device (one core of a processor), where the paper's are those of 128 TPU cores,"
                        + " so compare the speed-ups.",
        source = "paper, table 2",
        rows = "encoder, decoder blocks",
        readsImages = false)
public final class Table2WallClock implements PaperTable {
    /** Identifier of the table. */
    public static final String ID = "table2";

    /** Between 1, which is nothing, and the paper's 2.8: small models have relatively larger decoders. */
    private static final double SEVERAL_TIMES = 2;

    private static final ModelSettings VIT_L = new ModelSettings(224, 16, 1024, 24, 16, 512, 8, 16, 4);
    private static final ModelSettings VIT_H = new ModelSettings(224, 14, 1280, 32, 16, 512, 8, 16, 4);
    private static final int PAPER_DEPTH = 8;

    private static final String NO_ACCURACY =
            "not measured here: this table times steps, and accuracies of these models take the imagenet profile";
    private static final String ONE_BLOCK = "one process a variant has no spread (wallClock.blocks is 1)";
    private static final String NO_PAPER_SIZES = "wallClock.paperSizes is false";

    private static final Column HOURS = Column.of(Quantity.HOURS.key(), "800 epochs, ours extrapolated", Unit.HOURS, 1);
    private static final Column SPEEDUP = Column.of(Quantity.SPEEDUP.key(), "speed-up", Unit.RATIO, 2);
    private static final Column TIME = Column.of(Quantity.MILLISECONDS.key(), "time of an image", Unit.MILLISECONDS, 2);
    private static final Column SPREAD = Column.of(Quantity.SPREAD.key(), "spread", Unit.MILLISECONDS, 2);
    private static final Column GFLOP = Column.of("gflop", "FLOPs of an image", Unit.GFLOP, 3);
    private static final Column FEWER = Column.of("flops", "fewer FLOPs", Unit.RATIO, 2);
    private static final double FLOPS_A_MAC = 2;
    private static final double GIGA = 1e9;

    @Override
    public List<Column> columns(Settings profile) {
        return List.of(HOURS, SPEEDUP, TIME, SPREAD, GFLOP, FEWER, Columns.FT);
    }

    @Override
    public List<Row> rows(Settings profile) {
        int blocks = profile.wallClock().blocks();
        Stream<Timed> papers = Stream.of(
                new Timed("vit-l-", "ViT-L", stages -> WallClockStage.paper(stages, VIT_L), blocks),
                new Timed("vit-h-", "ViT-H", stages -> WallClockStage.paper(stages, VIT_H), blocks));
        Stream<Timed> own = Stream.concat(
                own("own-", "profile", stages -> stages, blocks),
                own("own-h-", "profile's ViT-H", PaperSize.H::of, blocks));
        return Stream.concat(
                        papers.flatMap(Timed::rows).map(row -> paperSized(row, profile)),
                        own.flatMap(Timed::rows).map(row -> ownSized(row, profile)))
                .toList();
    }

    /** The profile's model at a size, without and with the optimiser's update. */
    private static Stream<Timed> own(String prefix, String series, UnaryOperator<CaseStages> size, int blocks) {
        return Stream.of(
                new Timed(prefix, series, stages -> WallClockStage.own(size.apply(stages), false), blocks),
                new Timed(
                        prefix + "step-",
                        series + ", whole step",
                        stages -> WallClockStage.own(size.apply(stages), true),
                        blocks));
    }

    /**
     * An architecture that is timed.
     *
     * @param prefix of its rows' keys
     * @param series name in the rows' labels
     * @param stage measures its three rows
     * @param blocks processes a row is measured in
     */
    private record Timed(String prefix, String series, Function<CaseStages, WallClockStage> stage, int blocks) {
        Stream<Row> rows() {
            return Stream.of(
                    row("with-mask-token-depth-8", "w/ [M], 8", Variant.MASK_TOKENS),
                    row("depth-8", "w/o [M], 8", Variant.DEEP).asDefault(),
                    row("depth-1", "w/o [M], 1", Variant.SHALLOW));
        }

        private Row row(String key, String label, Variant variant) {
            return Row.of(prefix + key, label)
                    .onSeries(series)
                    .measuring(Stream.of(Quantity.values())
                            .map(quantity -> column(variant, quantity))
                            .toList())
                    .measuring(
                            GFLOP.counted(stage, (timed, images) -> flops(timed, variant) / GIGA),
                            FEWER.counted(
                                    stage,
                                    (timed, images) -> flops(timed, Variant.MASK_TOKENS) / flops(timed, variant)));
        }

        private Column column(Variant variant, Quantity quantity) {
            Column column =
                    switch (quantity) {
                        case MILLISECONDS -> TIME;
                        case SPREAD -> SPREAD;
                        case SPEEDUP -> SPEEDUP;
                        case HOURS -> HOURS;
                    };
            return quantity == Quantity.SPREAD && blocks == 1
                    ? column.leftOut(ONE_BLOCK)
                    : column.by(stage::apply, WallClockStage.metric(variant, quantity));
        }
    }

    private static double flops(WallClockStage timed, Variant variant) {
        return FLOPS_A_MAC * timed.macsOfImage(variant);
    }

    /** The paper prints the accuracy of its models too. */
    private static Row paperSized(Row row, Settings profile) {
        Row timed = row.measuring(Columns.FT.leftOut(NO_ACCURACY));
        return profile.wallClock().paperSizes() ? timed : timed.skipped(NO_PAPER_SIZES);
    }

    private static Row ownSized(Row row, Settings profile) {
        return row.key().endsWith("depth-1")
                ? row.ours(1, profile.axes().decoderDepths().get(0))
                : row.ours(PAPER_DEPTH, profile.model().decoderDepth());
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily table = terms.family(id()).onLogarithms();
        return List.of(
                table.primary(
                        "table2-speedup",
                        "section 4.1, table 2",
                        "leaving mask tokens out of the encoder makes pre-training several times faster (2.8 for ViT-L)",
                        table.timesAbove("vit-l-with-mask-token-depth-8.hours", "vit-l-depth-8.hours", SEVERAL_TIMES)),
                table.primary(
                        "table2-small-decoder",
                        "section 4.1, table 2",
                        "a decoder of one block speeds up further",
                        table.higher("vit-l-depth-8.hours", "vit-l-depth-1.hours"),
                        table.higher("vit-h-depth-8.hours", "vit-h-depth-1.hours")),
                table.primary(
                        "table2-large-encoder",
                        "section 4.1, table 2",
                        "the speed-up grows with the encoder",
                        speedupGrows(table, "depth-8"),
                        speedupGrows(table, "depth-1")),
                table.secondary(
                        "table2-below-flops",
                        "section 4.1",
                        "the wall-clock speed-up stays below the ratio of FLOPs (2.8 of 3.3)",
                        table.ratioAbove(
                                "vit-l-depth-8.flops", "vit-l-with-mask-token-depth-8.hours", "vit-l-depth-8.hours")));
    }

    private static Component speedupGrows(ClaimFamily table, String depth) {
        return table.interaction(
                "vit-h-with-mask-token-depth-8.hours",
                "vit-h-" + depth + ".hours",
                "vit-l-with-mask-token-depth-8.hours",
                "vit-l-" + depth + ".hours");
    }

    /** Without the paper's models the profile's own stand for them. */
    @Override
    public Claim inCellsOf(Settings profile, Claim claim) {
        return profile.wallClock().paperSizes()
                ? claim
                : claim.renamed(cell -> new CellKey(
                        cell.table(),
                        cell.caseKey().replaceFirst("^vit-l-", "own-").replaceFirst("^vit-h-", "own-h-"),
                        cell.metric()));
    }
}
