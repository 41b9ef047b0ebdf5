package io.maeharness.core.train;

import io.maeharness.core.checkpoint.Checkpoints;
import io.maeharness.core.checkpoint.Checkpoints.Position;
import io.maeharness.core.stage.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/** Training with labels, then one evaluation. */
final class LabelledTraining implements StageMethod<Stage.Finetune> {
    @Override
    public Class<Stage.Finetune> stage() {
        return Stage.Finetune.class;
    }

    @Override
    public StageResult compute(Stage.Finetune stage, StageContext context) {
        try (Finetuning finetuning =
                new Finetuning(stage, context.data(), stage.encoder().map(context::weightsOf), context.manager())) {
            TrainingLoop.Finished finished = context.loop(stage, stage.recipe().schedule(), finetuning.order())
                    .run(context.manager(), finetuning);
            keep(stage, context, finetuning, finished);
            Map<String, Double> metrics = new LinkedHashMap<>(
                    finetuning.evaluate(context.evaluation(stage)).metrics(finished.meanLoss()));
            if (stage.recipe().adam().emaDecay() > 0) {
                metrics.put(
                        "top1-without-ema",
                        finetuning
                                .evaluateWithoutAverage(context.evaluation(stage))
                                .top1());
            }
            FinishedWeights.write(
                    context.directoryOf(stage), finetuning.evaluated().byName(), metrics);
            return StageResult.of(metrics, finished, Map.of());
        }
    }

    /** Saves the end of a long training before its evaluation begins. */
    private static void keep(Stage stage, StageContext context, Finetuning finetuning, TrainingLoop.Finished finished) {
        context.environment().progress().phase("evaluating");
        if (finished.seconds() > context.environment().checkpointInterval().toSeconds()) {
            Position end = new Position(finished.steps(), finished.meanLoss(), 1);
            new Checkpoints(context.directoryOf(stage)).write(end, finetuning.state());
        }
    }
}
