package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.EncoderForm;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.core.stage.Stage;
import java.util.Map;
import java.util.Optional;

/** What is measured on frozen features: linear probing and nearest neighbours. */
final class FrozenFeatures {
    private FrozenFeatures() {}

    private static FeatureTable table(
            Stage stage,
            Optional<EncoderStage> encoder,
            Optional<Map<String, NDArray>> weights,
            String pooling,
            StageContext context) {
        return new FeatureTable(
                context.manager(),
                stage.model(),
                stage.precision(),
                pooling,
                context.data(),
                encoder.map(EncoderStage::form).orElse(EncoderForm.PLAIN),
                weights,
                new StageRandom(stage.seed()),
                context.evaluation(stage));
    }

    /** Linear probing as a kind of stage. */
    static final class Probe implements StageMethod<Stage.LinearProbe> {
        @Override
        public Class<Stage.LinearProbe> stage() {
            return Stage.LinearProbe.class;
        }

        @Override
        public StageResult compute(Stage.LinearProbe stage, StageContext context) {
            FeatureTable table = table(
                    stage,
                    stage.encoder(),
                    stage.encoder().map(context::weightsOf),
                    stage.recipe().pooling(),
                    context);
            try (Probing probing = new Probing(stage, context.data(), table, context.manager())) {
                TrainingLoop.Finished finished = context.loop(
                                stage, stage.recipe().schedule(), probing.order())
                        .run(context.manager(), probing);
                context.evaluating(stage, probing, finished);
                Accuracy accuracy = probing.evaluate();
                FinishedWeights.write(context.directoryOf(stage), probing.headByName());
                return StageResult.of(accuracy.metrics(finished.meanLoss()), finished, probing.convergence())
                        .withCorrect(Map.of("top1", accuracy.correct()))
                        .withDraws(probing.draws());
            }
        }
    }

    /** Nearest neighbours as a kind of stage. */
    static final class Neighbours implements StageMethod<Stage.Knn> {
        @Override
        public Class<Stage.Knn> stage() {
            return Stage.Knn.class;
        }

        @Override
        public StageResult compute(Stage.Knn stage, StageContext context) {
            context.environment().progress().phase("computing features");
            Accuracy accuracy = stage.rawPixels() ? ofPixels(stage, context) : ofEncoder(stage, context);
            return StageResult.of(Map.of("top1", accuracy.top1())).withCorrect(Map.of("top1", accuracy.correct()));
        }

        private static Accuracy ofPixels(Stage.Knn stage, StageContext context) {
            StageData data = context.data();
            RawPixels pixels = new RawPixels(data, stage.model().imageSize());
            ImageDataset bank = NearestNeighbours.bank(data.train());
            return new NearestNeighbours(context.manager(), stage.recipe())
                    .evaluate(pixels.of(bank), bank, pixels.of(data.held()), data.held(), pixels.width());
        }

        private static Accuracy ofEncoder(Stage.Knn stage, StageContext context) {
            StageData data = context.data();
            Optional<Map<String, NDArray>> weights = stage.encoder().map(encoder -> weights(stage, encoder, context));
            try (FeatureTable table =
                    table(stage, stage.encoder(), weights, stage.recipe().pooling(), context)) {
                ImageDataset bank = NearestNeighbours.bank(data.train());
                float[] known = table.of(bank, new EvaluationTransform(), 0);
                float[] asked = table.of(data.held(), new EvaluationTransform(), 0);
                return new NearestNeighbours(context.manager(), stage.recipe())
                        .evaluate(known, bank, asked, data.held(), table.width());
            }
        }

        private static Map<String, NDArray> weights(Stage.Knn stage, EncoderStage encoder, StageContext context) {
            return stage.snapshot()
                    .map(percent ->
                            FinishedWeights.readSnapshot(context.manager(), context.directoryOf(encoder), percent))
                    .orElseGet(() -> context.weightsOf(encoder));
        }
    }
}
