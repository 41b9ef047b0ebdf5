package io.maeharness.core.stage;

import java.util.Map;

/**
 * What a finished stage yields.
 *
 * @param metrics value of each of the stage's metrics; accuracies in percent
 * @param imagesSeen images the training steps of this process saw
 * @param seconds time this process spent on the stage
 * @param imagesPerSecond mean over the training steps of this process
 * @param facts what else is worth keeping with the provenance, e.g. {@code block masks topped up} to {@code 3.1 %}
 */
public record StageOutcome(
        Map<String, Double> metrics,
        long imagesSeen,
        double seconds,
        double imagesPerSecond,
        Map<String, String> facts) {
    /** Copies the maps. */
    public StageOutcome {
        metrics = Map.copyOf(metrics);
        facts = Map.copyOf(facts);
    }
}
