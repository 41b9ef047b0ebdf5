package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.results.Unit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The columns that tables share. */
final class Columns {
    /** Fine-tuning. */
    static final Column FT = Column.accuracy("ft", "ft").by(CaseStages::finetune);

    /** Linear probing. */
    static final Column LIN = Column.accuracy("lin", "lin").by(CaseStages::probe);

    /** Nearest neighbours, which the paper lacks. */
    static final Column KNN = Column.accuracy("knn", "k-NN").by(CaseStages::neighbours);

    /** Every ablation of pre-training: fine-tuning and linear probing, both also top-5, and nearest neighbours. */
    static final List<Column> PRETRAINING = Stream.of(
                    FT.withTop5(CaseStages::finetune), LIN.withTop5(CaseStages::probe), List.of(KNN))
            .flatMap(List::stream)
            .toList();

    /** Floating-point operations of a whole pre-training, counted, not measured. */
    static final Column PRETRAINING_COST = Column.of("cost", "pre-training", Unit.TERAFLOPS, 1);

    /** Images a pre-training sees, each as often as it comes. */
    static final Column IMAGES_SEEN = Column.of("images", "images seen", Unit.MEGA, 3);

    /** The ratio of the two, which no report shows. */
    static final Column COST_PER_IMAGE =
            Column.of("cost-per-image", "FLOPs of an image", Unit.GFLOP, 3).unshown();

    private static final double GIGA = 1e9;
    private static final double TERA = 1e12;
    private static final double MEGA = 1e6;

    private Columns() {}

    /** The columns of every ablation of pre-training, and a further one. */
    static List<Column> pretrainingAnd(Column further) {
        return Stream.concat(PRETRAINING.stream(), Stream.of(further)).toList();
    }

    /** What a pre-training costs: floating-point operations and images seen, in units of the columns, and their ratio. */
    static List<Column> cost(Function<CaseStages, EncoderStage> encoder) {
        return List.of(
                PRETRAINING_COST.counted(encoder, (stage, images) -> flops(stage, images) / TERA),
                IMAGES_SEEN.counted(encoder, (stage, images) -> stage.imagesSeen(images) / MEGA),
                COST_PER_IMAGE.counted(
                        encoder, (stage, images) -> flops(stage, images) / stage.imagesSeen(images) / GIGA));
    }

    private static double flops(EncoderStage stage, ImageFacts images) {
        return 2 * stage.macs(images);
    }
}
