package io.maeharness.cli;

import io.maeharness.workbench.Compute;
import io.maeharness.workbench.Durations;
import io.maeharness.workbench.PlanForecast;
import io.maeharness.workbench.PlanForecast.Count;
import io.maeharness.workbench.PlanForecast.Memory;
import io.maeharness.workbench.PlanForecast.Time;
import io.maeharness.workbench.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a plan would take, for people. */
final class PlanText {
    private static final double GIGA = 1e9;
    private static final double GIBI = 1 << 30;

    private final PlanForecast forecast;
    private final String profile;
    private final Compute compute;

    PlanText(Session session, PlanForecast forecast) {
        this.forecast = forecast;
        this.profile = session.settings().name();
        this.compute = session.compute();
    }

    /** All of it, line by line: the last, the time, may have to be found out. */
    void tell(Consumer<String> reader) {
        reader.accept(head());
        stages().forEach(reader);
        forecast.otherPrecision().ifPresent(reader);
        size().forEach(reader);
        reader.accept(time());
    }

    /** What computes. */
    private String head() {
        return String.format(
                Locale.ROOT,
                "profile %s on %s, %d workers, %s",
                profile,
                String.join(", ", compute.devices()),
                workers(),
                precision());
    }

    /** One line a kind: how many stages, how many of them are done, and how many cases each serves. */
    private List<String> stages() {
        List<String> lines = new ArrayList<>();
        forecast.kinds()
                .forEach((kind, count) -> lines.add(String.format(
                        Locale.ROOT,
                        "%-14s %4d stages for %4d uses, %d to run",
                        kind,
                        count.stages(),
                        count.uses(),
                        count.open())));
        Count total = forecast.total();
        lines.add(String.format(Locale.ROOT, "%-14s %4d stages, %d to run", "total", total.stages(), total.open()));
        forecast.takenFrom()
                .forEach((from, count) ->
                        lines.add(String.format(Locale.ROOT, "%-14s %4d stages, from %s", "taken", count, from)));
        return lines;
    }

    /** Work and memory. */
    private List<String> size() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "FLOPs   %.3g (2 a multiply-accumulate; training counts 6)", forecast.flops()));
        forecast.memory().forEach(memory -> lines.add(memory(memory)));
        return lines;
    }

    private static String memory(Memory memory) {
        String needed = String.format(Locale.ROOT, "memory  about %.1f GiB a worker at most", memory.bytes() / GIBI);
        return memory.gpuBytes() == 0
                ? needed
                : needed
                        + String.format(
                                Locale.ROOT,
                                ", on a GPU of %.1f GiB, which takes up to %d images at once",
                                memory.gpuBytes() / GIBI,
                                memory.images());
    }

    private String time() {
        Time time = forecast.time();
        String words = time.time().map(Durations::words).orElse("unknown");
        String here = String.format(Locale.ROOT, " on this machine, %s, %d workers", precision(), workers());
        return "time    "
                + switch (time.basis()) {
                    case NOTHING_LEFT -> "nothing is left to run";
                    case NOT_CALIBRATED -> "not calibrated";
                    case TIMED -> "at least " + words;
                    case FINISHED_STAGES -> "about " + words + here + ", as the finished stages say";
                    case FAILED -> "unknown, the calibration failed: " + time.problem();
                    case CALIBRATION ->
                        "about " + words + here
                                + String.format(
                                        Locale.ROOT,
                                        " (a worker alone computes %.0f GFLOP/s of pre-training; other stages may"
                                                + " differ, and workers slow each other down)",
                                        time.flops() / GIGA);
                };
    }

    private int workers() {
        return compute.workersFor(forecast.open());
    }

    private String precision() {
        return compute.precision().name().toLowerCase(Locale.ROOT);
    }
}
