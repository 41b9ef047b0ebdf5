package io.maeharness.ablations.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The time until all stages are done on so many slots, given out as a run does: the first of the plan that is ready; where
 * few are left, the one with the longest chain behind it; those that must run alone at the end, one after another.
 */
final class ListSchedule {
    /** As many open stages a slot are few. Source: the queue of a run. */
    private static final int FEW_A_SLOT = 4;

    private final List<StageForecast> waiting = new ArrayList<>();
    private final Set<String> unfinished = new HashSet<>();
    private final Map<String, Double> chains = new HashMap<>();
    private final long few;
    private double alone;

    private ListSchedule(List<StageForecast> stages, int slots) {
        few = slots > 1 ? (long) FEW_A_SLOT * slots : 0;
        for (StageForecast stage : stages) {
            if (stage.stage().stage().exclusive()) {
                alone += stage.seconds();
            } else {
                waiting.add(stage);
                unfinished.add(stage.stage().hash());
            }
        }
        for (int i = waiting.size() - 1; i >= 0; i--) {
            StageForecast stage = waiting.get(i);
            double chain = stage.seconds() + chains.getOrDefault(stage.stage().hash(), 0.0);
            chains.put(stage.stage().hash(), chain);
            stage.stage().parent().ifPresent(parent -> chains.merge(parent, chain, Math::max));
        }
    }

    /**
     * Seconds until the end.
     *
     * @param stages each after the one it starts from; a parent that is not among them is done
     * @param slots that compute a stage each
     */
    static double seconds(List<StageForecast> stages, int slots) {
        return new ListSchedule(stages, slots).run(slots);
    }

    private double run(int slots) {
        PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingDouble(Running::end));
        double now = 0;
        while (!unfinished.isEmpty()) {
            List<StageForecast> ready = ready();
            if (running.size() < slots && !ready.isEmpty()) {
                StageForecast next = next(ready);
                waiting.remove(next);
                running.add(new Running(next.stage().hash(), now + next.seconds()));
            } else {
                Running ended = running.remove();
                now = ended.end();
                unfinished.remove(ended.hash());
            }
        }
        return now + alone;
    }

    private List<StageForecast> ready() {
        return waiting.stream()
                .filter(stage ->
                        stage.stage().parent().filter(unfinished::contains).isEmpty())
                .toList();
    }

    private StageForecast next(List<StageForecast> ready) {
        return waiting.size() > few
                ? ready.get(0)
                : ready.stream()
                        .max(Comparator.comparingDouble(
                                stage -> chains.get(stage.stage().hash())))
                        .orElseThrow();
    }

    private record Running(String hash, double end) {}
}
