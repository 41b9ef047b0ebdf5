package io.maeharness.core.stage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashMap;
import java.util.Map;

/**
 * What a finished stage yields.
 *
 * @param metrics value of each of the stage's metrics; accuracies in percent
 * @param imagesSeen images the training steps of this process saw
 * @param seconds time this process spent on the stage
 * @param imagesPerSecond mean over the training steps of this process
 * @param facts what else is worth keeping with the provenance, e.g. {@code block masks topped up} to {@code 3.1 %}
 * @param correct for an accuracy among the metrics, one bit an evaluated image: base64, lowest bit first
 * @param draws digests of what the stage drew at its beginning: equal ones mean equal draws
 */
public record StageOutcome(
        Map<String, Double> metrics,
        long imagesSeen,
        double seconds,
        double imagesPerSecond,
        Map<String, String> facts,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> correct,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> draws) {
    /** Copies the maps; records written before a map existed have none. */
    @JsonCreator
    public StageOutcome {
        metrics = Map.copyOf(metrics);
        facts = Map.copyOf(facts);
        correct = correct == null ? Map.of() : Map.copyOf(correct);
        draws = draws == null ? Map.of() : Map.copyOf(draws);
    }

    /** An outcome without training steps. */
    public static StageOutcome of(Map<String, Double> metrics) {
        return of(metrics, Map.of());
    }

    /** An outcome without training steps, and what else is worth keeping. */
    public static StageOutcome of(Map<String, Double> metrics, Map<String, String> facts) {
        return new StageOutcome(metrics, 0, 0, 0, facts);
    }

    /** An outcome of which nothing is known but its values and facts. */
    public StageOutcome(
            Map<String, Double> metrics,
            long imagesSeen,
            double seconds,
            double imagesPerSecond,
            Map<String, String> facts) {
        this(metrics, imagesSeen, seconds, imagesPerSecond, facts, Map.of(), Map.of());
    }

    /** The same, with the images that were classified correctly for some of the accuracies. */
    public StageOutcome withCorrect(Map<String, String> images) {
        return new StageOutcome(metrics, imagesSeen, seconds, imagesPerSecond, facts, images, draws);
    }

    /** The same, with digests of what was drawn. */
    public StageOutcome withDraws(Map<String, String> drawn) {
        return new StageOutcome(metrics, imagesSeen, seconds, imagesPerSecond, facts, correct, drawn);
    }

    /** The same, with more that is worth keeping. */
    StageOutcome withFacts(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(facts);
        all.putAll(more);
        return new StageOutcome(metrics, imagesSeen, seconds, imagesPerSecond, all, correct, draws);
    }

    /** The same, with the time that this process spent on the stage. */
    StageOutcome took(double time) {
        return new StageOutcome(metrics, imagesSeen, time, imagesPerSecond, facts, correct, draws);
    }
}
