package io.maeharness.ablations.tables;

import io.maeharness.results.MetricLayout;
import io.maeharness.results.Unit;
import java.util.List;

/** The columns that tables share. */
final class Columns {
    static final MetricLayout FT = new MetricLayout("ft", "ft", Unit.PERCENT, 1);
    static final MetricLayout LIN = new MetricLayout("lin", "lin", Unit.PERCENT, 1);
    static final MetricLayout KNN = new MetricLayout("knn", "k-NN", Unit.PERCENT, 1);
    static final MetricLayout FLOPS = new MetricLayout("flops", "FLOPs", Unit.RATIO, 2);

    /** Floating-point operations of a whole pre-training, counted, not measured. */
    static final MetricLayout PRETRAINING_COST = new MetricLayout("cost", "pre-training", Unit.TERAFLOPS, 1);

    /** Images a pre-training sees, each as often as it comes. */
    static final MetricLayout IMAGES_SEEN = new MetricLayout("images", "images seen", Unit.MEGA, 3);

    /** Every ablation of pre-training: fine-tuning, linear probing, and nearest neighbours, which the paper lacks. */
    static final List<MetricLayout> PRETRAINING = List.of(FT, LIN, KNN);

    private Columns() {}

    /** This profile's number for a report, or nothing where it is the paper's. */
    static String ours(double paper, double profile) {
        if (paper == profile) {
            return "";
        }
        return profile == Math.rint(profile) ? Long.toString((long) profile) : Double.toString(profile);
    }

    /** This profile's choice for a report, or nothing where it is the paper's. */
    static String ours(String paper, String profile) {
        return paper.equals(profile) ? "" : profile;
    }
}
