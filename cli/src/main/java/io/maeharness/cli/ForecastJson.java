package io.maeharness.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.ablations.forecast.Accelerator;
import io.maeharness.ablations.forecast.Assumptions;
import io.maeharness.ablations.forecast.GpuForecast;
import io.maeharness.ablations.forecast.GpuMachine;
import io.maeharness.ablations.forecast.GroupForecast;
import io.maeharness.ablations.forecast.StageForecast;
import io.maeharness.workbench.PlanOnGpus;
import io.maeharness.workbench.Session;
import java.util.Locale;

/** What a plan would take on GPUs that need not be here, for programs. */
final class ForecastJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ForecastJson() {}

    /** One object. */
    static String of(PlanOnGpus plan) {
        Session session = plan.session();
        GpuForecast forecast = plan.forecast();
        ObjectNode tree = MAPPER.createObjectNode();
        tree.put("profile", session.settings().name());
        tree.put("precision", session.compute().precision().name().toLowerCase(Locale.ROOT));
        tree.put("seeds", session.seeds().size());
        machine(forecast.model().machine(), tree.putObject("machine"));
        assumptions(forecast.model().assumptions(), tree.putObject("assumptions"));
        session.assumedImages().forEach(tree.putArray("assumedImages")::add);
        tree.put("finishedStages", plan.finished());
        forecast.tables()
                .forEach(table -> group(
                        table,
                        tree.withArray("tables")
                                .addObject()
                                .put("table", table.name())
                                .put("shared", table.shared())));
        group(forecast.total(), tree.putObject("total"));
        forecast.total()
                .stages()
                .forEach(
                        stage -> stage(forecast, stage, tree.withArray("stages").addObject()));
        return tree.toPrettyString();
    }

    private static void machine(GpuMachine machine, ObjectNode into) {
        Accelerator card = machine.accelerator();
        into.put("gpu", card.title())
                .put("count", machine.count())
                .put("coresAGpu", machine.cores())
                .put("gpusAStage", machine.together())
                .put("tensorTflops", card.tensor())
                .put("fp32Tflops", card.fp32())
                .put("bandwidthGBs", card.bandwidth())
                .put("memoryGiB", card.memory())
                .put("linkGBs", card.link());
    }

    private static void assumptions(Assumptions assumed, ObjectNode into) {
        into.put("arithmeticShare", assumed.arithmeticShare())
                .put("memoryShare", assumed.memoryShare())
                .put("launchSeconds", assumed.launchSeconds())
                .put("decodeSeconds", assumed.decodeSeconds())
                .put("viewSecondsAPixel", assumed.viewSeconds())
                .put("hostFlops", assumed.hostFlops())
                .put("valueSeconds", assumed.valueSeconds());
    }

    private static void group(GroupForecast group, ObjectNode into) {
        into.put("stages", group.stages().size())
                .put("gpuHours", group.gpuHours())
                .put("addedGpuHours", group.addedGpuHours())
                .put("elapsedHours", group.elapsedHours())
                .put("bytesACard", group.bytes());
        ObjectNode shares = into.putObject("shares");
        group.shares().forEach((bound, share) -> shares.put(bound.words(), share));
    }

    private static void stage(GpuForecast forecast, StageForecast stage, ObjectNode into) {
        into.put("hash", stage.stage().hash())
                .put("kind", stage.stage().stage().kind())
                .put("seconds", stage.seconds())
                .put("bytes", stage.bytes())
                .put("fit", forecast.fit(stage).name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (stage.trains()) {
            into.put("microBatch", stage.microBatch());
        }
        stage.stage().parent().ifPresent(parent -> into.put("parent", parent));
        stage.stage().cases().forEach(into.putArray("cases")::add);
        ObjectNode spent = into.putObject("spent");
        stage.spent().forEach((bound, seconds) -> spent.put(bound.words(), seconds));
    }
}
