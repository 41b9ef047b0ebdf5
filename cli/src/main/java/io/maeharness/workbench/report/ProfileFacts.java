package io.maeharness.workbench.report;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.Precision;
import io.maeharness.reporting.ReportRequest;
import java.util.List;
import java.util.Locale;

/** What a profile is, in the few lines that a report opens with. */
final class ProfileFacts {
    private ProfileFacts() {}

    /**
     * The facts of a report.
     *
     * @param seeds how many seeds its values are of
     */
    static List<ReportRequest.Fact> of(Settings settings, int seeds, Precision precision) {
        return List.of(
                new ReportRequest.Fact("profile", settings.name() + ": " + settings.description()),
                new ReportRequest.Fact(
                        "data",
                        settings.data().dataset().key() + ", evaluated on "
                                + settings.data().evaluateOn().key()),
                new ReportRequest.Fact("model", model(settings.model())),
                new ReportRequest.Fact(
                        "pre-training", length(settings.pretrain().schedule())),
                new ReportRequest.Fact("fine-tuning", length(settings.finetune().schedule())),
                new ReportRequest.Fact("linear probing", length(settings.probe().schedule())),
                new ReportRequest.Fact("seeds", Integer.toString(seeds)),
                new ReportRequest.Fact("precision", precision.name().toLowerCase(Locale.ROOT)));
    }

    private static String model(ModelSettings model) {
        return "ViT, " + model.imageSize() + "x" + model.imageSize() + ", patch " + model.patchSize() + ", encoder "
                + model.encoderDim() + "-d x " + model.encoderDepth() + " blocks x " + model.encoderHeads()
                + " heads, decoder " + model.decoderDim() + "-d x " + model.decoderDepth() + " x "
                + model.decoderHeads();
    }

    private static String length(Schedule schedule) {
        String epochs = schedule.epochs() == Math.rint(schedule.epochs())
                ? Long.toString((long) schedule.epochs())
                : Double.toString(schedule.epochs());
        String limit = schedule.maxSteps() == 0 ? "" : ", ended after " + schedule.maxSteps() + " steps";
        return epochs + " epochs, batch " + schedule.batchSize() + limit;
    }
}
