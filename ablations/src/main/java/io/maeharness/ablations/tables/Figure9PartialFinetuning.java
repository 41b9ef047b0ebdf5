package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.EncoderStages;
import io.maeharness.core.config.Settings;
import io.maeharness.core.config.SystemSizes;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.results.CellKey;
import io.maeharness.results.PlotKind;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How many of the last encoder blocks to fine-tune, from none (linear probing) to all.
 *
 * <p>Half a block is the MLP half of the last one. Points that a shallow encoder cannot tell apart are skipped
 * ({@code axes.partialBlocks} lists the others). The paper takes the best of three schedules for each point; here each
 * point has the profile's fine-tuning schedule. MoCo v3 is that of table 3 at the size of ViT-L.
 *
 * <p>Source: paper, section 4.3, figure 9. Command: {@code ./mae reproduce figure9}.
 *
 * <p>Cost in each profile: one fine-tuning for each listed point, on the default's pre-training; the ends of the curve
 * are the default's own linear probing and fine-tuning. The same for MoCo v3, with its pre-training.
 */
@TableHeader(
        id = Figure9PartialFinetuning.ID,
        order = 90,
        title = "Figure 9. Partial fine-tuning",
        caption = "Tuning a few blocks achieves accuracy close to full fine-tuning; tuning none is linear probing.",
        source = "paper, figure 9",
        plot = PlotKind.LINES,
        axis = "blocks fine-tuned",
        rows = "blocks")
public final class Figure9PartialFinetuning implements PaperTable {
    static final String ID = "figure9";
    private static final Set<String> ABOUT_ONE_BLOCK = Set.of("figure9-one-block", "figure9-mae-gains-more");
    private static final List<String> BLOCKS = List.of("0", "0.5", "1", "2", "4", "6", "12", "18", "24");
    private static final String PLACE = "section 4.3, figure 9";
    private static final String NONE = "0";
    private static final String HALF = "0.5";
    private static final String ALL = "24";

    /**
     * The training that a cell starts from besides its seed: points of a series are all tuned from one pre-training. Empty
     * for cells of other tables.
     */
    public static String training(CellKey cell) {
        return cell.table().equals(ID) ? cell.caseKey().replaceFirst("-blocks-.*", "") : "";
    }

    @Override
    public List<Column> columns(Settings profile) {
        return List.of(Columns.FT);
    }

    @Override
    public List<Row> rows(Settings profile) {
        return Stream.concat(
                        BLOCKS.stream().map(blocks -> mae(blocks, profile)),
                        BLOCKS.stream().filter(blocks -> !blocks.equals(HALF)).map(blocks -> moco(blocks, profile)))
                .toList();
    }

    private static Row mae(String blocks, Settings profile) {
        return point("mae", "MAE", blocks, profile, CaseStages::pretrain);
    }

    private static Row moco(String blocks, Settings profile) {
        SystemSizes.EncoderSize size = profile.sizes().vitL();
        return point("moco-v3", "MoCo v3", blocks, profile, stages -> stages.sized(size)
                .mocoV3());
    }

    private static Row point(
            String key, String series, String blocks, Settings profile, Function<CaseStages, EncoderStage> encoder) {
        double paper = Double.parseDouble(blocks);
        Optional<Double> ours = ownBlocks(blocks, profile);
        Row row = Row.of(key + "-blocks-" + blocks, blocks)
                .at(paper)
                .ours(paper, ours.orElse(paper))
                .onSeries(series)
                .measuring(tuning(ours.orElse(0.0), encoder))
                .asDefault(blocks.equals(ALL));
        return ours.isPresent()
                ? row
                : row.skipped("an encoder of " + profile.model().encoderDepth()
                        + " blocks cannot tell this point from its neighbours (axes.partialBlocks leaves it out)");
    }

    /** The ends of the curve are the same in every profile. */
    private static Optional<Double> ownBlocks(String blocks, Settings profile) {
        return switch (blocks) {
            case NONE -> Optional.of(0.0);
            case ALL -> Optional.of((double) profile.model().encoderDepth());
            default -> Optional.ofNullable(profile.axes().partialBlocks().get(blocks));
        };
    }

    private static List<Column> tuning(double blocks, Function<CaseStages, EncoderStage> encoder) {
        return Columns.FT.withTop5(stages -> {
            EncoderStages measured = stages.of(encoder.apply(stages));
            return blocks == 0 ? measured.probe() : measured.finetune(blocks);
        });
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily figure = terms.family(id());
        return Stream.concat(claimsAcrossMethods(figure), claimsOfMae(figure, terms.margin()))
                .toList();
    }

    /**
     * The two methods share no pre-training, so the noise of a difference between them is known from that difference
     * alone; what each gains is a difference within its own.
     */
    private static Stream<Claim> claimsAcrossMethods(ClaimFamily figure) {
        ClaimFamily acrossMethods = figure.withOwnVariance();
        return Stream.of(
                acrossMethods.primary(
                        "figure9-lin-moco",
                        PLACE,
                        "MoCo v3 is better in linear probing",
                        figure.higher("moco-v3-blocks-0.ft", "mae-blocks-0.ft")),
                acrossMethods.primary(
                        "figure9-tuned-mae",
                        PLACE,
                        "MAE is better for every number of tuned blocks above 0",
                        BLOCKS.stream()
                                .filter(blocks -> !blocks.equals(NONE) && !blocks.equals(HALF))
                                .map(blocks -> figure.higher(
                                        "mae-blocks-" + blocks + ".ft", "moco-v3-blocks-" + blocks + ".ft"))
                                .toList()),
                figure.secondary(
                        "figure9-mae-gains-more",
                        PLACE,
                        "MAE gains more than MoCo v3 from tuning one block",
                        figure.interaction(
                                "mae-blocks-1.ft", "mae-blocks-0.ft", "moco-v3-blocks-1.ft", "moco-v3-blocks-0.ft")));
    }

    private static Stream<Claim> claimsOfMae(ClaimFamily figure, double margin) {
        return Stream.of(
                figure.primary(
                        "figure9-one-block",
                        PLACE,
                        "tuning one block gives a large gain over linear probing",
                        figure.higher("mae-blocks-1.ft", "mae-blocks-0.ft")),
                figure.primary(
                        "figure9-few-blocks",
                        PLACE,
                        "tuning a quarter of the blocks comes close to full fine-tuning",
                        figure.notWorse("mae-blocks-6.ft", "mae-blocks-24.ft", margin)),
                figure.secondary(
                        "figure9-half-block",
                        "section 4.3",
                        "tuning the MLP half of the last block is already much better than linear probing",
                        figure.higher("mae-blocks-0.5.ft", "mae-blocks-0.ft")));
    }

    /** One block is the first measured point of one own block or more. */
    @Override
    public Claim inCellsOf(Settings profile, Claim claim) {
        return ABOUT_ONE_BLOCK.contains(claim.id())
                ? claim.renamed(cell -> new CellKey(
                        cell.table(),
                        cell.caseKey().replaceFirst("-blocks-1$", "-blocks-" + firstWholeBlock(profile)),
                        cell.metric()))
                : claim;
    }

    private static String firstWholeBlock(Settings profile) {
        return BLOCKS.stream()
                .filter(blocks -> ownBlocks(blocks, profile).orElse(0.0) >= 1)
                .findFirst()
                .orElse(ALL);
    }
}
