package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.EncoderStages;
import io.maeharness.core.config.SystemSizes;
import io.maeharness.core.stage.EncoderStage;
import java.util.List;
import java.util.function.Function;

/**
 * A size of table 3.
 *
 * @param key letter in the keys of cases and columns
 * @param label as the paper prints it
 * @param counterpart this profile's
 */
record PaperSize(String key, String label, Function<SystemSizes, SystemSizes.EncoderSize> counterpart) {
    static final PaperSize B = new PaperSize("b", "ViT-B", SystemSizes::vitB);
    static final PaperSize L = new PaperSize("l", "ViT-L", SystemSizes::vitL);
    static final PaperSize H = new PaperSize("h", "ViT-H", SystemSizes::vitH);
    static final List<PaperSize> ALL = List.of(B, L, H);

    /** This profile's counterpart. */
    SystemSizes.EncoderSize in(SystemSizes sizes) {
        return counterpart.apply(sizes);
    }

    /** A case at this size. */
    CaseStages of(CaseStages stages) {
        return stages.sized(in(stages.settings().sizes()));
    }

    /** What is measured of a method's encoder of this size. */
    EncoderStages measured(CaseStages stages, Function<CaseStages, EncoderStage> method) {
        CaseStages sized = of(stages);
        return sized.of(method.apply(sized));
    }

    /** The column of table 3 with the accuracy of this size, of which each row says how it is measured. */
    Column column() {
        return Column.accuracy("vit-" + key, label);
    }

    /** What the pre-training of a method costs at this size. */
    List<Column> cost(Function<CaseStages, EncoderStage> method) {
        return Columns.cost(stages -> measured(stages, method).encoder());
    }
}
