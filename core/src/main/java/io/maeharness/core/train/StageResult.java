package io.maeharness.core.train;

import java.util.Map;

/**
 * What a method has to say of a stage it computed.
 *
 * @param metrics value of each of the stage's metrics; accuracies in percent
 * @param imagesSeen images the training steps of this process saw
 * @param imagesPerSecond mean over the training steps of this process
 * @param facts what else is worth keeping with the provenance
 * @param correct for an accuracy, which of the images were classified correctly, see {@link Accuracy#correct}
 * @param draws digests of what was drawn at the beginning, see {@link Fingerprint}
 */
public record StageResult(
        Map<String, Double> metrics,
        long imagesSeen,
        double imagesPerSecond,
        Map<String, String> facts,
        Map<String, String> correct,
        Map<String, String> draws) {
    /** Copies the maps. */
    public StageResult {
        metrics = Map.copyOf(metrics);
        facts = Map.copyOf(facts);
        correct = Map.copyOf(correct);
        draws = Map.copyOf(draws);
    }

    /** A stage without training steps. */
    public static StageResult of(Map<String, Double> metrics) {
        return of(metrics, Map.of());
    }

    /** A stage without training steps, and what else is worth keeping. */
    public static StageResult of(Map<String, Double> metrics, Map<String, String> facts) {
        return new StageResult(metrics, 0, 0, facts, Map.of(), Map.of());
    }

    /** A stage that was trained. */
    public static StageResult of(
            Map<String, Double> metrics, TrainingLoop.Finished finished, Map<String, String> facts) {
        return new StageResult(metrics, finished.imagesSeen(), finished.imagesPerSecond(), facts, Map.of(), Map.of());
    }

    /** The same, with the images that were classified correctly for some of the accuracies. */
    public StageResult withCorrect(Map<String, String> images) {
        return new StageResult(metrics, imagesSeen, imagesPerSecond, facts, images, draws);
    }

    /** The same, with digests of what was drawn. */
    public StageResult withDraws(Map<String, String> drawn) {
        return new StageResult(metrics, imagesSeen, imagesPerSecond, facts, correct, drawn);
    }
}
