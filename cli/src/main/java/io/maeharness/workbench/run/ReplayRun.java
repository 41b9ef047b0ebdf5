package io.maeharness.workbench.run;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.replay.CodeDigest;
import io.maeharness.ablations.replay.PublishedCells;
import io.maeharness.ablations.replay.Replay;
import io.maeharness.ablations.replay.ReplayDirectory;
import io.maeharness.ablations.replay.ReplayRequest;
import io.maeharness.ablations.run.RunSummary;
import io.maeharness.core.device.Devices;
import io.maeharness.results.ResultStore;
import io.maeharness.workbench.Session;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Published values computed again: on a machine's devices, from their records, in a directory of its own.
 *
 * @param session in that directory
 * @param published results that hold the values
 * @param cells what is computed
 */
public record ReplayRun(Session session, ResultStore published, PublishedCells cells) {
    /**
     * A replay.
     *
     * @param machine profile, devices and images; its own directory is not used
     * @param output where it is computed; empty for {@code runs/replay/<profile>/<table>-<case>-<seed>}
     */
    public static ReplayRun of(Session machine, ResultStore published, ReplayRequest request, Optional<Path> output) {
        PublishedCells cells = PublishedCells.of(published, request, machine::images);
        Session session = machine.at(output.orElseGet(() -> Path.of(
                "runs",
                "replay",
                machine.settings().name(),
                request.table() + "-" + request.caseKey() + "-" + cells.seed())));
        return new ReplayRun(session, published, cells);
    }

    /** The device that has to compute the values where the user names none: the processor for what one computed; else empty. */
    public static Optional<String> device(ResultStore published, ReplayRequest request) {
        return PublishedCells.device(published, request).filter(Devices.CPU::equals);
    }

    /** Computes the values, and says what of an interrupted replay is thrown away. */
    public RunSummary measure(FrontEnd front) {
        if (directory().begin()) {
            front.say("an interrupted replay left stages that other code had computed: starting anew");
        }
        return new PlanRun(session, front).measure(plan(), false);
    }

    /** What was computed beside what is published. */
    public Replay compared() {
        Replay.MetricNames names = new Replay.MetricNames(PaperTables.discover(), session.settings());
        return Replay.of(cells, published, plan(), session.output().results(), names);
    }

    private Plan plan() {
        ReplayRequest request = cells.request();
        return Plan.of(cells.stages().values(), request.table() + "/" + request.caseKey(), session::images);
    }

    /** Removes what was computed, or keeps it and says where. */
    public void end(boolean keep, FrontEnd front) {
        if (keep) {
            directory().keep();
            front.say("kept: " + session.output().root());
        } else {
            directory().remove();
        }
    }

    private ReplayDirectory directory() {
        return new ReplayDirectory(
                session.output(),
                "a replay of " + cells.request().selector() + " of seed " + cells.seed(),
                CodeDigest.current());
    }
}
