package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.checkpoint.Checkpoints;
import io.maeharness.core.checkpoint.Checkpoints.Position;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.random.StageRandom;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Computes stages with the PyTorch engine. One object serves one thread and keeps the last data set it opened. */
public final class TrainingExecutor implements StageExecutor {
    private static final int EVALUATION_BATCH = 64;
    private static final int EVALUATION_PIXELS = 1 << 22;
    private DataIdentity opened;
    private StageData data;

    /** Opens nothing yet. */
    public TrainingExecutor() {
        opened = null;
        data = null;
    }

    @Override
    public StageOutcome execute(Stage stage, StageEnvironment environment) {
        long begun = System.nanoTime();
        try (NDManager manager = Torch.open(environment.device())) {
            Path directory = environment.directoryOf(stage);
            Optional<Map<String, Double>> done = FinishedWeights.metrics(manager, directory);
            Result result = done.map(metrics -> new Result(metrics, 0, 0, Map.of()))
                    .orElseGet(() -> compute(stage, environment, manager));
            new Checkpoints(directory).clear();
            return new StageOutcome(
                    result.metrics(),
                    result.imagesSeen(),
                    (System.nanoTime() - begun) / 1e9,
                    result.imagesPerSecond(),
                    result.facts());
        } catch (Evaluation.StopRequest e) {
            throw new StageInterruptedException(0);
        }
    }

    private record Result(
            Map<String, Double> metrics, long imagesSeen, double imagesPerSecond, Map<String, String> facts) {}

    private Result compute(Stage stage, StageEnvironment environment, NDManager manager) {
        environment.progress().phase("reading images");
        if (!stage.data().equals(opened)) {
            data = StageData.of(stage.data(), environment.dataDirectory());
            opened = stage.data();
        }
        if (stage instanceof Stage.Pretrain pretrain) {
            return pretrain(pretrain, environment, manager);
        }
        if (stage instanceof Stage.Finetune finetune) {
            return finetune(finetune, environment, manager);
        }
        if (stage instanceof Stage.LinearProbe probe) {
            return probe(probe, environment, manager);
        }
        if (stage instanceof Stage.Knn knn) {
            return knn(knn, environment, manager);
        }
        return reconstruct((Stage.Reconstruct) stage, environment, manager);
    }

    private Result pretrain(Stage.Pretrain stage, StageEnvironment environment, NDManager manager) {
        PatchTarget target = Targets.of(stage, data, manager);
        try (Pretraining pretraining = new Pretraining(stage, data, target, manager)) {
            TrainingLoop.Finished finished = loop(stage, stage.recipe().schedule(), pretraining.order(), environment)
                    .run(manager, pretraining);
            Map<String, String> facts = stage.recipe().maskSampling().equals("block")
                    ? Map.of(
                            "removed patches topped up at random, percent",
                            String.format(java.util.Locale.ROOT, "%.2f", pretraining.toppedUpPercent()))
                    : Map.of();
            Map<String, Double> metrics = Map.of("loss", finished.meanLoss());
            FinishedWeights.write(
                    environment.directoryOf(stage), pretraining.weights().byName(), metrics);
            return new Result(metrics, finished.imagesSeen(), finished.imagesPerSecond(), facts);
        }
    }

    private Result finetune(Stage.Finetune stage, StageEnvironment environment, NDManager manager) {
        Optional<Map<String, NDArray>> encoder = pretrained(stage, environment, manager);
        try (Finetuning finetuning = new Finetuning(stage, data, encoder, manager)) {
            TrainingLoop.Finished finished = loop(stage, stage.recipe().schedule(), finetuning.order(), environment)
                    .run(manager, finetuning);
            keep(stage, environment, finetuning, finished);
            Accuracy accuracy = finetuning.evaluate(evaluation(stage, environment, manager));
            Map<String, Double> metrics = metrics(accuracy, finished.meanLoss());
            FinishedWeights.write(
                    environment.directoryOf(stage), finetuning.evaluated().byName(), metrics);
            return new Result(metrics, finished.imagesSeen(), finished.imagesPerSecond(), Map.of());
        }
    }

    private Result probe(Stage.LinearProbe stage, StageEnvironment environment, NDManager manager) {
        FeatureTable table = features(
                stage, stage.recipe().pooling(), pretrained(stage, environment, manager), environment, manager);
        try (Probing probing = new Probing(stage, data, table, manager)) {
            TrainingLoop.Finished finished = loop(stage, stage.recipe().schedule(), probing.order(), environment)
                    .run(manager, probing);
            environment.progress().phase("evaluating");
            Map<String, Double> metrics = metrics(probing.evaluate(), finished.meanLoss());
            FinishedWeights.write(environment.directoryOf(stage), probing.headByName(), metrics);
            return new Result(metrics, finished.imagesSeen(), finished.imagesPerSecond(), Map.of());
        }
    }

    private Result knn(Stage.Knn stage, StageEnvironment environment, NDManager manager) {
        environment.progress().phase("computing features");
        NearestNeighbours neighbours = new NearestNeighbours(manager, stage.recipe());
        Accuracy accuracy;
        if (stage.rawPixels()) {
            RawPixels pixels = new RawPixels(data, stage.model().imageSize());
            ImageDataset bank = NearestNeighbours.bank(data.train());
            accuracy = neighbours.evaluate(pixels.of(bank), bank, pixels.of(data.held()), data.held(), pixels.width());
        } else {
            try (FeatureTable table = features(
                    stage, stage.recipe().pooling(), pretrained(stage, environment, manager), environment, manager)) {
                ImageDataset bank = NearestNeighbours.bank(data.train());
                float[] known = table.of(bank, new EvaluationTransform(), 0);
                float[] asked = table.of(data.held(), new EvaluationTransform(), 0);
                accuracy = neighbours.evaluate(known, bank, asked, data.held(), table.width());
            }
        }
        return new Result(Map.of("top1", accuracy.top1()), 0, 0, Map.of());
    }

    private Result reconstruct(Stage.Reconstruct stage, StageEnvironment environment, NDManager manager) {
        environment.progress().phase("drawing reconstructions");
        Map<String, NDArray> weights = FinishedWeights.read(manager, environment.directoryOf(stage.encoder()));
        double loss = new Reconstruction(stage, data, manager).draw(weights, environment.directoryOf(stage));
        return new Result(Map.of("loss", loss), 0, 0, Map.of());
    }

    private TrainingLoop loop(Stage stage, Schedule schedule, EpochOrder order, StageEnvironment environment) {
        environment.progress().phase("training");
        return new TrainingLoop(
                schedule, data.train().size(), order, environment, new Checkpoints(environment.directoryOf(stage)));
    }

    /** Saves the end of a long training before its evaluation begins. */
    private static void keep(
            Stage stage, StageEnvironment environment, Finetuning finetuning, TrainingLoop.Finished finished) {
        environment.progress().phase("evaluating");
        if (finished.seconds() > environment.checkpointInterval().toSeconds()) {
            Position end = new Position(finished.steps(), finished.meanLoss(), 1);
            new Checkpoints(environment.directoryOf(stage)).write(end, finetuning.state());
        }
    }

    private static Map<String, Double> metrics(Accuracy accuracy, double loss) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("top1", accuracy.top1());
        metrics.put("top5", accuracy.top5());
        metrics.put("loss", loss);
        return metrics;
    }

    private static Optional<Map<String, NDArray>> pretrained(
            Stage stage, StageEnvironment environment, NDManager manager) {
        return stage.parent().map(p -> FinishedWeights.read(manager, environment.directoryOf(p)));
    }

    private FeatureTable features(
            Stage stage,
            String pooling,
            Optional<Map<String, NDArray>> encoder,
            StageEnvironment environment,
            NDManager manager) {
        return new FeatureTable(
                manager,
                stage.model(),
                stage.precision(),
                pooling,
                data,
                encoder,
                new StageRandom(stage.seed()),
                evaluation(stage, environment, manager));
    }

    private static Evaluation evaluation(Stage stage, StageEnvironment environment, NDManager manager) {
        int size = stage.model().imageSize();
        int batch = Math.max(8, Math.min(EVALUATION_BATCH, EVALUATION_PIXELS / (size * size * 4)));
        return new Evaluation(manager, size, batch, environment.stopRequested());
    }
}
