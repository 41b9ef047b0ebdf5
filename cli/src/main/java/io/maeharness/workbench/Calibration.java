package io.maeharness.workbench;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.run.RunListener;
import io.maeharness.ablations.run.RunSummary;
import io.maeharness.ablations.worker.StageRecord;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import io.maeharness.core.pretrain.PretrainStage;
import io.maeharness.files.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * How fast this machine computes, found by a few real steps of the profile's default pre-training in a worker of their
 * own, in a directory that is thrown away.
 *
 * @param secondsPerMac seconds a worker takes for a multiply-accumulate; empty where the steps failed
 * @param problem why they failed; empty where they did not
 */
public record Calibration(double secondsPerMac, String problem) {
    private static final int FEW_STEPS = 3;
    private static final int MANY_STEPS = 100;
    /** A forward pass with more work than this, roughly, takes long enough to be measured by a few steps. */
    private static final double LONG_STEP = 5e9;

    /** Runs the steps: seconds for a small profile, up to a minute for a large one. */
    public static Calibration run(Session session) {
        try (TemporaryFolder directory = TemporaryFolder.create("mae-calibration")) {
            return timed(session.scratch(shortened(session.settings()), directory.path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Calibration timed(Session session) {
        Selection one = Selection.of(List.of("context/mae"), PaperTables.discover(), session.settings());
        Plan all = session.plan(one);
        List<PlannedStage> stages =
                all.stages().stream().filter(stage -> stage.stage().pretrains()).toList();
        RunSummary summary =
                session.run(new Plan(stages, List.of(), all.layouts()), false, RunListener.SILENT, Deadline.NONE);
        if (!summary.failures().isEmpty()) {
            return new Calibration(0, summary.failures().get(0).reason());
        }
        PlannedStage stage = stages.get(0);
        return StageRecord.read(session.output().outcome(stage.hash()), stage.stage())
                .map(record -> new Calibration(secondsPerMac(stage, record), ""))
                .orElseGet(() -> new Calibration(0, "interrupted"));
    }

    private static double secondsPerMac(PlannedStage stage, StageRecord record) {
        PretrainStage pretrain = (PretrainStage) stage.stage();
        double images =
                (double) pretrain.recipe().schedule().totalSteps(stage.images().trainImages())
                        * pretrain.recipe().schedule().batchSize();
        return images / record.outcome().imagesPerSecond() / stage.macs();
    }

    private static Settings shortened(Settings settings) {
        String microBatch = Integer.toString(settings.pretrain().schedule().microBatch());
        boolean large = settings.model().encoderDepth()
                        * (double) settings.model().encoderDim()
                        * settings.model().encoderDim()
                        * settings.model().numPatches()
                        * Integer.parseInt(microBatch)
                > LONG_STEP;
        return Overrides.apply(
                settings,
                Map.of(
                        "pretrain.schedule.batchSize",
                        microBatch,
                        "pretrain.schedule.maxSteps",
                        Integer.toString(large ? FEW_STEPS : MANY_STEPS),
                        "seeds",
                        "1"));
    }
}
