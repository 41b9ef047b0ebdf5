package io.maeharness.ablations.forecast;

import io.maeharness.ablations.bench.WallClockStage;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.results.TableLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the open stages of a plan take on cards that need not be here.
 *
 * @param model of time
 * @param tables in the order of the paper; a stage counts in each that needs it
 * @param total all stages, each once
 */
public record GpuForecast(TimeModel model, List<GroupForecast> tables, GroupForecast total) {
    /** A share of a card's memory above which an estimate that may be a third too low does not say that a stage fits. */
    private static final double SURELY_FITS = 0.7;

    /** Copies the list. */
    public GpuForecast {
        tables = List.copyOf(tables);
    }

    /** How a stage's memory compares with a card's. */
    public enum Fit {
        /** It fits. */
        FITS,
        /** It may fit or not. */
        MAY_FIT,
        /** It does not fit. */
        TOO_LARGE
    }

    /**
     * Foretells.
     *
     * @param plan whose tables are told apart
     * @param open its stages that have to be computed, each after the one it starts from
     */
    public static GpuForecast of(Plan plan, Collection<PlannedStage> open, GpuMachine machine) {
        TimeModel model = new TimeModel(machine, Assumptions.STANDARD);
        List<StageForecast> stages =
                open.stream().map(stage -> StageForecast.of(stage, model)).toList();
        Set<String> counted = new HashSet<>();
        List<GroupForecast> tables = new ArrayList<>();
        for (TableLayout table : plan.layouts()) {
            List<StageForecast> own =
                    stages.stream().filter(stage -> isOf(table.id(), stage)).toList();
            List<StageForecast> added = own.stream()
                    .filter(stage -> counted.add(stage.stage().hash()))
                    .toList();
            tables.add(GroupForecast.of(table.id(), own, added, machine));
        }
        return new GpuForecast(model, tables, GroupForecast.of("", stages, stages, machine));
    }

    private static boolean isOf(String table, StageForecast stage) {
        return stage.stage().cases().stream().anyMatch(name -> name.startsWith(table + "/"));
    }

    /** Whether a stage's memory is that of a card; what is timed takes as many images as fit. */
    public Fit fit(StageForecast stage) {
        if (stage.stage().stage() instanceof WallClockStage timed && timed.batch() == 0) {
            return Fit.FITS;
        }
        double share = stage.bytes() / model.machine().accelerator().memoryBytes();
        return share > 1 ? Fit.TOO_LARGE : share > SURELY_FITS ? Fit.MAY_FIT : Fit.FITS;
    }

    /** The stages of which that is true. */
    public List<PlannedStage> stages(Fit fit) {
        return total.stages().stream()
                .filter(stage -> fit(stage) == fit)
                .map(StageForecast::stage)
                .toList();
    }

    /** Stages that leave some of their cards idle for the most part, by kind. */
    public Set<String> kindsThatShareNothing() {
        return total.stages().stream()
                .filter(stage -> stage.stage().workload(stage.microBatch()).stream()
                        .allMatch(part -> part.devices() < model.machine().together()))
                .map(stage -> stage.stage().stage().kind())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
