package io.maeharness.ablations.forecast;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What some stages take: those of a table, or all of a plan.
 *
 * @param name of the table; empty of a plan
 * @param stages that have to be computed
 * @param shared how many of them tables before this one need, too
 * @param addedSeconds of a slot, of the others
 * @param elapsedSeconds of the stages alone, on all slots
 * @param machine what computes
 */
public record GroupForecast(
        String name,
        List<StageForecast> stages,
        int shared,
        double addedSeconds,
        double elapsedSeconds,
        GpuMachine machine) {
    private static final double AN_HOUR = 3600;

    /** Copies the list. */
    public GroupForecast {
        stages = List.copyOf(stages);
    }

    static GroupForecast of(String name, List<StageForecast> stages, List<StageForecast> added, GpuMachine machine) {
        return new GroupForecast(
                name,
                stages,
                stages.size() - added.size(),
                seconds(added),
                ListSchedule.seconds(stages, machine.slots()),
                machine);
    }

    private static double seconds(List<StageForecast> stages) {
        return stages.stream().mapToDouble(StageForecast::seconds).sum();
    }

    /** Hours of cards that the stages take, were there no others. */
    public double gpuHours() {
        return seconds(stages) * machine.together() / AN_HOUR;
    }

    /** Hours of cards beyond those of the tables before. */
    public double addedGpuHours() {
        return addedSeconds * machine.together() / AN_HOUR;
    }

    /** Hours until the last stage is done, were there no others. */
    public double elapsedHours() {
        return elapsedSeconds / AN_HOUR;
    }

    /** Bytes that the stage with most takes of a card, roughly. */
    public double bytes() {
        return stages.stream().mapToDouble(StageForecast::bytes).max().orElse(0);
    }

    /** Shares of the time by what it is spent on, 0 to 1; empty without stages. */
    public Map<Bound, Double> shares() {
        double all = seconds(stages);
        Map<Bound, Double> shares = new EnumMap<>(Bound.class);
        stages.forEach(
                stage -> stage.spent().forEach((bound, seconds) -> shares.merge(bound, seconds / all, Double::sum)));
        return shares;
    }
}
