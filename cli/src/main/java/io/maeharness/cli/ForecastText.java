package io.maeharness.cli;

import io.maeharness.ablations.forecast.Assumptions;
import io.maeharness.ablations.forecast.Bound;
import io.maeharness.ablations.forecast.GpuForecast;
import io.maeharness.ablations.forecast.GpuForecast.Fit;
import io.maeharness.ablations.forecast.GpuMachine;
import io.maeharness.ablations.forecast.GroupForecast;
import io.maeharness.ablations.forecast.StageForecast;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.stage.Precision;
import io.maeharness.workbench.PlanOnGpus;
import io.maeharness.workbench.Session;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a plan would take on GPUs that need not be here, for people. */
final class ForecastText {
    private static final double GIBI = 1 << 30;
    private static final double MICRO = 1e6;
    private static final double MILLI = 1e3;
    private static final double GIGA = 1e9;
    private static final double PERCENT = 100;
    /** Hours of which no digits are shown. */
    private static final double SHORT = 0.01;
    /** A share of the time that is named. */
    private static final double NAMED = 0.1;

    private final Session session;
    private final GpuForecast forecast;
    private final GpuMachine machine;
    private final int finished;

    /** Words for a forecast. */
    ForecastText(PlanOnGpus plan) {
        this.session = plan.session();
        this.forecast = plan.forecast();
        this.machine = forecast.model().machine();
        this.finished = plan.finished();
    }

    /** All of it. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(head());
        lines.add("");
        lines.addAll(table());
        lines.add("");
        lines.addAll(remarks());
        lines.addAll(assumptions());
        return lines;
    }

    private String head() {
        return String.format(
                Locale.ROOT,
                "forecast of profile %s on %d x %s%s, %d cores each, %s, %d seed%s: counted, not measured",
                session.settings().name(),
                machine.count(),
                machine.accelerator().title(),
                machine.together() > 1 ? ", " + machine.together() + " a stage" : "",
                machine.cores(),
                precision(),
                session.seeds().size(),
                session.seeds().size() == 1 ? "" : "s");
    }

    private String precision() {
        return session.compute().precision().name().toLowerCase(Locale.ROOT);
    }

    private List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-16s %6s %6s %12s %12s %12s %10s  %s",
                "table",
                "stages",
                "shared",
                "GPU hours",
                "of them new",
                "hours on " + machine.count(),
                "GiB a card",
                "spent on"));
        forecast.tables().forEach(table -> lines.add(line(table.name(), Integer.toString(table.shared()), table)));
        lines.add(line("total", "", forecast.total()));
        return lines;
    }

    private static String line(String name, String shared, GroupForecast group) {
        return String.format(
                        Locale.ROOT,
                        "%-16s %6d %6s %12s %12s %12s %10.1f  %s",
                        name,
                        group.stages().size(),
                        shared,
                        hours(group.gpuHours()),
                        hours(group.addedGpuHours()),
                        hours(group.elapsedHours()),
                        group.bytes() / GIBI,
                        spent(group.shares()))
                .stripTrailing();
    }

    /** Three digits that count, of more than half a minute. */
    private static String hours(double hours) {
        if (hours > 0 && hours < SHORT) {
            return "<0.01";
        }
        return hours == 0 ? "0" : hours < 100 ? String.format(Locale.ROOT, "%.3g", hours) : whole(hours);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String spent(Map<Bound, Double> shares) {
        return shares.entrySet().stream()
                .filter(share -> share.getValue() >= NAMED)
                .sorted(Map.Entry.<Bound, Double>comparingByValue().reversed())
                .map(share -> share.getKey().words() + " " + whole(PERCENT * share.getValue()) + " %")
                .collect(Collectors.joining(", "));
    }

    private List<String> remarks() {
        List<String> lines = new ArrayList<>();
        lines.add("shared  stages that tables above need too: computed once, and once in the total");
        if (finished > 0) {
            lines.add("done    " + finished
                    + " stages are finished or published and are not counted (--fresh counts the published)");
        }
        session.assumedImages().forEach(images -> lines.add("images  " + images));
        if (!machine.accelerator().bf16()) {
            lines.add("format  " + machine.accelerator().title() + " has no bf16, and fp16 is not computed here: fp32");
        }
        memory(Fit.TOO_LARGE, "too large for", lines);
        memory(Fit.MAY_FIT, "perhaps too large, as the estimate may be a third too low, for", lines);
        if (!forecast.kindsThatShareNothing().isEmpty()) {
            lines.add("idle    cards beside the first in part or all of "
                    + String.join(", ", forecast.kindsThatShareNothing())
                    + ": a stage uses as many as its schedule has shards, as --set pretrain.schedule.shards="
                    + machine.together() + "; the linear probe and k-NN use one");
        }
        return lines;
    }

    private void memory(Fit fit, String words, List<String> lines) {
        List<PlannedStage> stages = forecast.stages(fit);
        if (!stages.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "memory  %s %.0f GiB: %d of the stages (%s); they need a larger card, or a smaller model",
                    words,
                    machine.accelerator().memory(),
                    stages.size(),
                    stages.stream()
                                    .map(stage -> stage.stage().kind() + " of "
                                            + stage.cases().get(0))
                                    .limit(3)
                                    .collect(Collectors.joining(", "))
                            + (stages.size() > 3 ? " and others" : "")));
        }
    }

    private List<String> assumptions() {
        Assumptions assumed = forecast.model().assumptions();
        boolean bf16 = session.compute().precision() == Precision.BF16;
        return List.of(
                String.format(
                        Locale.ROOT,
                        "assumed %.0f %% of %s TFLOP/s and, after it, %.0f %% of %s GB/s; %.1f us a kernel beside that;"
                                + " a core decodes a picture in %.1f ms and makes a view of 224 px in %.1f ms",
                        PERCENT * assumed.arithmeticShare(),
                        number(
                                bf16
                                        ? machine.accelerator().tensor()
                                        : machine.accelerator().fp32()),
                        PERCENT * assumed.memoryShare(),
                        number(machine.accelerator().bandwidth()),
                        MICRO * assumed.launchSeconds(),
                        MILLI * assumed.decodeSeconds(),
                        MILLI * assumed.viewSeconds() * Assumptions.STATED_VIEW * Assumptions.STATED_VIEW),
                String.format(
                        Locale.ROOT,
                        "        words of a tokenizer: %.0f GFLOP/s a core and %.0f ns a score, while the card waits; one"
                                + " worker a card, also where small models would share it; micro-batches as 70 %% of the memory allow (%s)",
                        assumed.hostFlops() / GIGA,
                        assumed.valueSeconds() * GIGA,
                        microBatches()),
                "        left out: reading files, checkpoints, starting processes, small products being slower, updates in"
                        + " many groups; memory counts attention's scores, which a fused kernel does not keep",
                String.format(
                        Locale.ROOT,
                        "trust   published runs, none held up by launches, feed or words, took %.1f to %.1f times what this model says"
                                + " of them: take the hours for the least (docs/decisions/0026-forecast.md)",
                        Assumptions.PUBLISHED_LEAST,
                        Assumptions.PUBLISHED_MOST));
    }

    /** The smallest and the largest. */
    private String microBatches() {
        IntSummaryStatistics images = forecast.total().stages().stream()
                .filter(StageForecast::trains)
                .mapToInt(StageForecast::microBatch)
                .summaryStatistics();
        return images.getCount() == 0
                ? "nothing is trained"
                : images.getMin() == images.getMax()
                        ? images.getMax() + " images"
                        : images.getMin() + " to " + images.getMax() + " images";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? whole(value) : String.format(Locale.ROOT, "%.1f", value);
    }
}
