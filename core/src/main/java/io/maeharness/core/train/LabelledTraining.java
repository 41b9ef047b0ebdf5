package io.maeharness.core.train;

import io.maeharness.core.stage.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/** Training with labels, then one evaluation. */
final class LabelledTraining implements StageMethod<Stage.Finetune> {
    private static final String TOP1 = "top1";
    private static final String WITHOUT_EMA = "top1-without-ema";

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
            context.evaluating(stage, finetuning, finished);
            Accuracy accuracy = finetuning.evaluate(context.evaluation(stage));
            Map<String, Double> metrics = new LinkedHashMap<>(accuracy.metrics(finished.meanLoss()));
            Map<String, String> correct = new LinkedHashMap<>(Map.of(TOP1, accuracy.correct()));
            if (stage.recipe().adam().emaDecay() > 0) {
                Accuracy without = finetuning.evaluateWithoutAverage(context.evaluation(stage));
                metrics.put(WITHOUT_EMA, without.top1());
                correct.put(WITHOUT_EMA, without.correct());
            }
            FinishedWeights.write(
                    context.directoryOf(stage), finetuning.evaluated().byName());
            return StageResult.of(metrics, finished, Map.of())
                    .withCorrect(correct)
                    .withDraws(finetuning.draws());
        }
    }
}
