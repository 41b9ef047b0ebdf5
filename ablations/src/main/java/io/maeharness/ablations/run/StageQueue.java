package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which stage is to be run next: the first in the plan's order whose parent is finished, so that tables fill one by one.
 * When few are left for several workers, it is the one with the most work from it to the end, so that no worker waits
 * long for the last one. Stages that must run alone come last, one after another, so that nothing waits for them.
 */
final class StageQueue {
    private enum State {
        OPEN,
        RUNNING,
        FINISHED,
        FAILED
    }

    private static final Set<State> UNDECIDED = EnumSet.of(State.OPEN, State.RUNNING);

    /** So many open stages for each worker are few: about a case with its evaluations. */
    private static final int FEW_A_WORKER = 4;

    private final Map<String, PlannedStage> stages;
    private final Map<String, Double> workToEnd = new HashMap<>();
    private final int few;
    private final Map<String, State> states = new LinkedHashMap<>();
    private boolean stopped;

    /** A queue for one worker, see {@link #StageQueue(Plan, Set, int)}. */
    StageQueue(Plan plan, Set<String> open) {
        this(plan, open, 1);
    }

    /**
     * A queue.
     *
     * @param open hashes of those of the plan's stages that are to be run
     * @param workers that take from it
     */
    StageQueue(Plan plan, Set<String> open, int workers) {
        stages = plan.byHash();
        few = workers > 1 ? FEW_A_WORKER * workers : 0;
        countWork(plan);
        stages.keySet().forEach(hash -> states.put(hash, open.contains(hash) ? State.OPEN : State.FINISHED));
    }

    /** Multiply-accumulates of each stage and the longest chain of those that start from it. */
    private void countWork(Plan plan) {
        for (int i = plan.stages().size() - 1; i >= 0; i--) {
            PlannedStage stage = plan.stages().get(i);
            double work = stage.macs() + workToEnd.getOrDefault(stage.hash(), 0.0);
            workToEnd.put(stage.hash(), work);
            stage.parent().ifPresent(parent -> workToEnd.merge(parent, work, Math::max));
        }
    }

    /**
     * Waits for a stage that can be run; empty when none is left, or after {@link #stop()}.
     *
     * <p>Also empty when what is left must run alone and another taker is still busy: that one will take it, and whoever
     * got nothing should free the memory it holds.
     */
    synchronized Optional<PlannedStage> take() throws InterruptedException {
        while (!stopped && states.containsValue(State.OPEN)) {
            boolean alone = onlyExclusiveLeft();
            if (alone && states.containsValue(State.RUNNING)) {
                return Optional.empty();
            }
            Optional<PlannedStage> ready = next(stages.values().stream()
                    .filter(stage -> isReady(stage) && stage.stage().exclusive() == alone)
                    .toList());
            if (ready.isPresent()) {
                states.put(ready.get().hash(), State.RUNNING);
                return ready;
            }
            wait();
        }
        return Optional.empty();
    }

    private Optional<PlannedStage> next(List<PlannedStage> ready) {
        long open = states.values().stream().filter(State.OPEN::equals).count();
        return open > few
                ? ready.stream().findFirst()
                : ready.stream()
                        .max(Comparator.comparingDouble((PlannedStage stage) -> workToEnd.get(stage.hash()))
                                .thenComparing(
                                        Comparator.comparingInt(ready::indexOf).reversed()));
    }

    private boolean onlyExclusiveLeft() {
        return stages.values().stream()
                .filter(stage -> states.get(stage.hash()) == State.OPEN)
                .allMatch(stage -> stage.stage().exclusive());
    }

    private boolean isReady(PlannedStage stage) {
        return states.get(stage.hash()) == State.OPEN
                && stage.parent().map(states::get).orElse(State.FINISHED) == State.FINISHED;
    }

    synchronized void finished(PlannedStage stage) {
        states.put(stage.hash(), State.FINISHED);
        notifyAll();
    }

    /** Records a failure; returns the stages that cannot be run because of it. */
    synchronized List<PlannedStage> failed(PlannedStage stage) {
        states.put(stage.hash(), State.FAILED);
        List<PlannedStage> lost = new ArrayList<>();
        for (PlannedStage child : stages.values()) {
            if (states.get(child.hash()) == State.OPEN
                    && child.parent().map(states::get).orElse(State.FINISHED) == State.FAILED) {
                states.put(child.hash(), State.FAILED);
                lost.add(child);
            }
        }
        notifyAll();
        return lost;
    }

    /** A stage that did not come to its end may be taken again. */
    synchronized void giveBack(PlannedStage stage) {
        states.put(stage.hash(), State.OPEN);
        notifyAll();
    }

    /** No stage is given out any more. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Stages that are waiting or in progress. */
    synchronized List<PlannedStage> undecided() {
        return stages.values().stream()
                .filter(stage -> UNDECIDED.contains(states.get(stage.hash())))
                .toList();
    }
}
