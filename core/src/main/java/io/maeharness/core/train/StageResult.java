package io.maeharness.core.train;

import java.util.Map;

/**
 * What a method has to say of a stage it computed.
 *
 * @param metrics value of each of the stage's metrics; accuracies in percent
 * @param imagesSeen images the training steps of this process saw
 * @param imagesPerSecond mean over the training steps of this process
 * @param facts what else is worth keeping with the provenance
 */
public record StageResult(
        Map<String, Double> metrics, long imagesSeen, double imagesPerSecond, Map<String, String> facts) {
    /** Copies the maps. */
    public StageResult {
        metrics = Map.copyOf(metrics);
        facts = Map.copyOf(facts);
    }

    /** A stage without training steps. */
    public static StageResult of(Map<String, Double> metrics) {
        return new StageResult(metrics, 0, 0, Map.of());
    }

    /** A stage that was trained. */
    public static StageResult of(
            Map<String, Double> metrics, TrainingLoop.Finished finished, Map<String, String> facts) {
        return new StageResult(metrics, finished.imagesSeen(), finished.imagesPerSecond(), facts);
    }
}
