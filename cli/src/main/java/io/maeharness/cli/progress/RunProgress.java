package io.maeharness.cli.progress;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.run.RunListener;
import io.maeharness.ablations.worker.WorkerMessage;
import io.maeharness.workbench.Durations;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Shows a run on a screen: a line for each worker, a total with the estimated end, and a line for each stage's end. */
public final class RunProgress implements RunListener {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter LATER = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Screen screen;
    private final Consumer<PlannedStage> ended;
    private final Map<Integer, WorkerLine> workers = new TreeMap<>();
    private int toRun;
    private String total = "";
    private boolean endTold;

    /**
     * Progress on a screen.
     *
     * @param screen where it is shown
     * @param ended is told each stage that is finished, failed or skipped, when its rows are written
     */
    public RunProgress(Screen screen, Consumer<PlannedStage> ended) {
        this.screen = screen;
        this.ended = ended;
    }

    @Override
    public void begun(int count, int reused) {
        toRun = count;
        screen.event(count + " stages to run" + (reused > 0 ? ", " + reused + " finished before" : ""));
    }

    @Override
    public void taken(int stages, String from) {
        screen.event(
                stages + (stages == 1 ? " stage" : " stages") + " taken from " + from + "; --fresh computes them here");
    }

    @Override
    public void stageTaken(int worker, PlannedStage stage) {
        workers.put(worker, WorkerLine.taken(stage));
        show();
    }

    @Override
    public void stageStarted(int worker, PlannedStage stage, WorkerMessage.Started started) {
        update(worker, line -> line.started(started));
    }

    @Override
    public void stageStep(int worker, PlannedStage stage, WorkerMessage.Step step) {
        update(worker, line -> line.stepped(step));
    }

    @Override
    public void stagePhase(int worker, PlannedStage stage, String what) {
        update(worker, line -> line.inPhase(what));
    }

    @Override
    public void stageFinished(int worker, PlannedStage stage, double seconds) {
        release(worker, "done    " + WorkerLine.name(stage) + "  " + Durations.words(seconds));
        ended.accept(stage);
    }

    @Override
    public void stageFailed(int worker, PlannedStage stage, String reason) {
        release(worker, "failed  " + WorkerLine.name(stage) + "  " + reason);
        ended.accept(stage);
    }

    @Override
    public void stageSkipped(PlannedStage stage, String reason) {
        screen.event("skipped " + WorkerLine.name(stage) + "  " + reason);
        ended.accept(stage);
    }

    @Override
    public void stageInterrupted(int worker, PlannedStage stage, String where) {
        release(worker, "stopped " + WorkerLine.name(stage) + "  " + where);
    }

    @Override
    public void remaining(int stages, Optional<Duration> time) {
        String done = (toRun - stages) + " of " + toRun + " stages done";
        total = done + time.map(RunProgress::end).orElse("");
        if (!endTold && stages > 0 && time.isPresent()) {
            endTold = true; // At once, and not when a log's next status is due.
            screen.event(total);
        }
        show();
    }

    @Override
    public void stopping() {
        screen.event("stopping: workers write their checkpoints; the same command goes on from there");
    }

    private void update(int worker, UnaryOperator<WorkerLine> change) {
        workers.computeIfPresent(worker, (index, line) -> change.apply(line));
        show();
    }

    private void release(int worker, String line) {
        workers.remove(worker);
        screen.event(line);
    }

    private static String end(Duration left) {
        LocalDateTime end = LocalDateTime.now(ZoneId.systemDefault()).plus(left);
        boolean today = end.toLocalDate()
                .equals(LocalDateTime.now(ZoneId.systemDefault()).toLocalDate());
        return ", about " + Durations.words(left) + " left, until " + end.format(today ? TODAY : LATER);
    }

    private void show() {
        List<String> lines = new ArrayList<>();
        workers.forEach((index, line) -> lines.add(line.text(index)));
        if (!total.isEmpty()) {
            lines.add(total);
        }
        screen.status(lines);
    }
}
