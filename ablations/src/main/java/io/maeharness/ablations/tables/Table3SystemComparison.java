package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.EncoderStages;
import io.maeharness.ablations.stages.ImageFacts;
import io.maeharness.ablations.stages.Measurement;
import io.maeharness.ablations.stages.StageWork;
import io.maeharness.core.config.EncoderSize;
import io.maeharness.core.config.Settings;
import io.maeharness.core.config.SystemSizes;
import io.maeharness.core.model.TrainingWork;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import io.maeharness.results.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * MAE beside training from scratch, DINO, MoCo v3 and BEiT, over ViT-B, ViT-L and ViT-H.
 *
 * <p>Cells that the paper leaves empty stay empty. The paper prints fine-tuning alone; linear probing, nearest neighbours
 * and the cost of the pre-training are ours. Small profiles map the three sizes onto small encoders ({@code sizes}) and
 * give every method the same number of floating-point operations, so that the comparison is one at equal cost.
 *
 * <p>Source: paper, section 4.2, table 3. Command: {@code ./mae reproduce table3}.
 *
 * <p>Cost in each profile: eight pre-trainings and a tokenizer, nine fine-tunings (one at twice the resolution), eight
 * linear probes, six trainings from scratch; smoke a few steps of each.
 */
public final class Table3SystemComparison implements PaperTable {
    private static final double TERA = 1e12;
    private static final double MEGA = 1e6;

    /** A size of the encoder and the end of its columns' keys. */
    private record Size(String key, String label, Function<SystemSizes, EncoderSize> of) {}

    private static final Size B = new Size("b", "ViT-B", SystemSizes::vitB);
    private static final Size L = new Size("l", "ViT-L", SystemSizes::vitL);
    private static final Size H = new Size("h", "ViT-H", SystemSizes::vitH);
    private static final List<Size> SIZES = List.of(B, L, H);

    @Override
    public String id() {
        return "table3";
    }

    @Override
    public int order() {
        return 85;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        SystemSizes sizes = profile.sizes();
        AblationCase withoutAverage = row("scratch-without-ema", "scratch, without EMA", false)
                .measuredBy(scratch(sizes, CaseStages::scratch, "top1-without-ema"));
        return List.of(
                row("scratch", "scratch", true).measuredBy(scratch(sizes, CaseStages::scratch, "top1")),
                profile.scratch().adam().emaDecay() > 0
                        ? withoutAverage
                        : withoutAverage.skipped("this profile's scratch recipe has no weight average"),
                row("scratch-finetune-budget", "scratch, fine-tuning budget", false)
                        .measuredBy(scratch(sizes, CaseStages::scratchAtFinetuneBudget, "top1")),
                row("dino", "DINO", false).measuredBy(encoder(sizes, CaseStages::dino, B)),
                row("moco-v3", "MoCo v3", false).measuredBy(encoder(sizes, CaseStages::mocoV3, B, L)),
                row("beit", "BEiT", false).measuredBy(encoder(sizes, CaseStages::beit, B, L)),
                mae(profile));
    }

    private static AblationCase row(String key, String label, boolean isDefault) {
        return AblationCase.of(CaseLayout.of(key, label, isDefault), Map.of());
    }

    private static AblationCase mae(Settings profile) {
        SystemSizes sizes = profile.sizes();
        List<Measurement> columns = new ArrayList<>(encoder(sizes, CaseStages::pretrain, B, L, H));
        columns.add(new Measurement.OfStage(
                "vit-h-448",
                stages -> measured(stages, sizes.vitH(), CaseStages::pretrain).finetuneAt(sizes.highResolution()),
                "top1"));
        return AblationCase.of(CaseLayout.of("mae", "MAE", false), maeChanges(profile))
                .measuredBy(columns);
    }

    /** Normalised pixels and the longer schedule. */
    static Map<String, String> maeChanges(Settings profile) {
        SystemSizes sizes = profile.sizes();
        Map<String, String> changes = new TreeMap<>(Map.of("pretrain.target", "pixel-norm"));
        if (sizes.maeEpochs() != profile.pretrain().schedule().epochs()) {
            changes.put("pretrain.schedule.epochs", Double.toString(sizes.maeEpochs()));
        }
        if (sizes.maeWarmupEpochs() != profile.pretrain().schedule().warmupEpochs()) {
            changes.put("pretrain.schedule.warmupEpochs", Double.toString(sizes.maeWarmupEpochs()));
        }
        return changes;
    }

    private static List<Measurement> scratch(SystemSizes sizes, Function<CaseStages, Stage> training, String value) {
        return SIZES.stream()
                .<Measurement>map(size -> new Measurement.OfStage(
                        "vit-" + size.key(),
                        stages -> training.apply(stages.sized(size.of().apply(sizes))),
                        value))
                .toList();
    }

    private static List<Measurement> encoder(
            SystemSizes sizes, Function<CaseStages, EncoderStage> method, Size... measured) {
        List<Measurement> columns = new ArrayList<>();
        for (Size size : measured) {
            EncoderSize own = size.of().apply(sizes);
            Function<CaseStages, EncoderStages> encoder = stages -> measured(stages, own, method);
            columns.add(stage("vit-", size, stages -> encoder.apply(stages).finetune()));
            columns.add(stage("lin-", size, stages -> encoder.apply(stages).probe()));
            columns.add(stage("knn-", size, stages -> encoder.apply(stages).neighbours()));
            columns.add(new Measurement.OfPlan(
                    "flops-" + size.key(),
                    stages -> encoder.apply(stages).encoder(),
                    Table3SystemComparison::teraFlops));
            columns.add(new Measurement.OfPlan(
                    "images-" + size.key(),
                    stages -> encoder.apply(stages).encoder(),
                    (stage, images) -> StageWork.imagesSeen((EncoderStage) stage, images) / MEGA));
        }
        return columns;
    }

    private static Measurement stage(String prefix, Size size, Function<CaseStages, Stage> stage) {
        return new Measurement.OfStage(prefix + size.key(), stage, "top1");
    }

    private static EncoderStages measured(
            CaseStages stages, EncoderSize size, Function<CaseStages, EncoderStage> method) {
        CaseStages sized = stages.sized(size);
        return sized.of(method.apply(sized));
    }

    private static double teraFlops(Stage stage, ImageFacts images) {
        EncoderStage encoder = (EncoderStage) stage;
        return 2 * TrainingWork.macsOfImage(encoder, images.channels()) * StageWork.imagesSeen(encoder, images) / TERA;
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Table 3. Comparison with previous methods",
                "End-to-end fine-tuning of each encoder, beside training from scratch; linear probing, nearest neighbours"
                        + " and the cost of pre-training (floating-point operations, images seen) of each encoder. The"
                        + " tokenizer of BEiT is trained on the same images unless the notes say otherwise.",
                "paper, table 3",
                "./mae reproduce table3",
                columns(),
                AblationCase.layouts(cases(profile)),
                PlotKind.BARS,
                "",
                "method");
    }

    private static List<MetricLayout> columns() {
        List<MetricLayout> columns = new ArrayList<>();
        SIZES.forEach(size -> columns.add(new MetricLayout("vit-" + size.key(), size.label(), Unit.PERCENT, 1)));
        columns.add(new MetricLayout("vit-h-448", "ViT-H, twice the resolution", Unit.PERCENT, 1));
        SIZES.forEach(
                size -> columns.add(new MetricLayout("lin-" + size.key(), "lin " + size.label(), Unit.PERCENT, 1)));
        SIZES.forEach(
                size -> columns.add(new MetricLayout("knn-" + size.key(), "k-NN " + size.label(), Unit.PERCENT, 1)));
        SIZES.forEach(size ->
                columns.add(new MetricLayout("flops-" + size.key(), "cost " + size.label(), Unit.TERAFLOPS, 1)));
        SIZES.forEach(
                size -> columns.add(new MetricLayout("images-" + size.key(), "seen " + size.label(), Unit.MEGA, 3)));
        return columns;
    }
}
