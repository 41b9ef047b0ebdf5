package io.maeharness.workbench;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.run.StageStates;
import io.maeharness.core.error.HarnessException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a plan would take on a session's machine: stages, work, memory and, after a short calibration, time. */
public final class PlanForecast {
    private static final double FLOPS_A_MAC = 2;

    private final Session session;
    private final Selection selection;
    private final boolean mayCalibrate;
    private final Plan plan;
    private final StageStates states;
    private final List<PlannedStage> open;
    private Optional<Calibration> calibration = Optional.empty();

    /**
     * Plans, and looks at what is finished.
     *
     * @param mayCalibrate whether the machine may be timed where no finished stage tells its pace
     * @throws HarnessException of kind CONFIG when there are no images for a stage that draws
     */
    public PlanForecast(Session session, Selection selection, boolean mayCalibrate) {
        this.session = session;
        this.selection = selection;
        this.mayCalibrate = mayCalibrate;
        this.plan = session.plan(selection);
        this.states = session.states(plan);
        this.open = states.openStages();
        session.requireImagesToDraw(open);
    }

    /**
     * The stages of a kind.
     *
     * @param stages how many there are
     * @param uses how many cases they serve, each counted by the stages that it needs
     * @param open how many of them have to be computed
     */
    public record Count(int stages, int uses, int open) {}

    /** How the time of a plan is known. */
    public enum Basis {
        /** Nothing is left to run. */
        NOTHING_LEFT,
        /** It is not, as the machine may not be timed. */
        NOT_CALIBRATED,
        /** All stages measure for a given time, and take at least that. */
        TIMED,
        /** Finished stages say. */
        FINISHED_STAGES,
        /** A calibration says. */
        CALIBRATION,
        /** It is not, as the calibration failed. */
        FAILED
    }

    /**
     * The time of a plan.
     *
     * @param basis how it is known
     * @param time wall-clock time; empty where it is not known
     * @param flops FLOP/s of pre-training by a worker alone, where a calibration says
     * @param problem why the calibration failed
     */
    public record Time(Basis basis, Optional<Duration> time, double flops, String problem) {}

    /** The stages that have to be computed. */
    public List<PlannedStage> open() {
        return open;
    }

    /** The stages by kind, in the order of the plan. */
    public Map<String, Count> kinds() {
        Map<String, List<PlannedStage>> kinds = new LinkedHashMap<>();
        plan.stages().forEach(stage -> kinds.computeIfAbsent(stage.stage().kind(), kind -> new ArrayList<>())
                .add(stage));
        Map<String, Count> counts = new LinkedHashMap<>();
        kinds.forEach((kind, stages) -> counts.put(kind, count(stages)));
        return counts;
    }

    /** All stages. */
    public Count total() {
        return count(plan.stages());
    }

    private Count count(List<PlannedStage> stages) {
        Set<String> missing = open.stream().map(PlannedStage::hash).collect(Collectors.toSet());
        return new Count(
                stages.size(),
                stages.stream().mapToInt(stage -> stage.cases().size()).sum(),
                Math.toIntExact(stages.stream()
                        .filter(stage -> missing.contains(stage.hash()))
                        .count()));
    }

    /** Why published results do not count as done, when it is for their number format alone. */
    public Optional<String> otherPrecision() {
        return OtherPrecision.remark(session, selection, plan, open);
    }

    /** How many stages are taken from which other results. */
    public Map<String, Long> takenFrom() {
        return states.takenFrom();
    }

    /** FLOPs that are left: 2 a multiply-accumulate. */
    public double flops() {
        return FLOPS_A_MAC * open.stream().mapToDouble(PlannedStage::macs).sum();
    }

    /**
     * Memory that a worker needs at most.
     *
     * @param bytes that it needs, roughly
     * @param gpuBytes memory of its GPU; 0 for a processor, and where the driver does not tell
     * @param images of the largest micro-batch: the recipe's, and on a GPU as many as its memory allows
     */
    public record Memory(double bytes, double gpuBytes, int images) {}

    /** The memory of a worker on each kind of device, as the run would use it. */
    public List<Memory> memory() {
        return session.compute().memory().stream()
                .distinct()
                .map(gpuBytes -> new Memory(
                        plan.stages().stream()
                                .mapToDouble(stage -> stage.bytes(stage.microBatchOn(gpuBytes)))
                                .max()
                                .orElse(0),
                        gpuBytes,
                        plan.stages().stream()
                                .mapToInt(stage -> stage.microBatchOn(gpuBytes))
                                .max()
                                .orElse(0)))
                .toList();
    }

    /** The time that is left; calibrates where that is needed. */
    public Time time() {
        if (open.isEmpty()) {
            return new Time(Basis.NOTHING_LEFT, Optional.of(Duration.ZERO), 0, "");
        }
        if (!mayCalibrate) {
            return new Time(Basis.NOT_CALIBRATED, Optional.empty(), 0, "");
        }
        if (open.stream().allMatch(stage -> stage.stage().leastSeconds().isPresent())) {
            return new Time(Basis.TIMED, MachinePace.unknown(session).time(open), 0, "");
        }
        MachinePace finished = MachinePace.learned(session, plan);
        if (finished.isKnown()) {
            return new Time(Basis.FINISHED_STAGES, finished.time(open), 0, "");
        }
        Calibration found = calibration();
        return found.problem().isEmpty()
                ? new Time(
                        Basis.CALIBRATION,
                        MachinePace.of(session, found).time(open),
                        FLOPS_A_MAC / found.secondsPerMac(),
                        "")
                : new Time(Basis.FAILED, Optional.empty(), 0, found.problem());
    }

    /** Run at most once, whoever asks. */
    private Calibration calibration() {
        if (calibration.isEmpty()) {
            calibration = Optional.of(Calibration.run(session));
        }
        return calibration.get();
    }

    /** The pace of the machine, by which a budget is foretold; calibrates where that is needed. */
    public MachinePace pace() {
        MachinePace learned = MachinePace.learned(session, plan);
        if (learned.isKnown()) {
            return learned;
        }
        return mayCalibrate ? MachinePace.of(session, calibration()) : MachinePace.unknown(session);
    }
}
