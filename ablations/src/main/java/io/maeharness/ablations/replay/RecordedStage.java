package io.maeharness.ablations.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageKinds;
import io.maeharness.results.Provenance;
import java.util.Optional;
import java.util.function.Function;

/** A stage as its provenance record describes it, or why it cannot be run again. */
sealed interface RecordedStage {
    /** Where a configuration holds what is no part of the stage. */
    String FACTS = "facts";

    /**
     * A stage that can be run again.
     *
     * @param stage what is to be computed
     */
    record Replayable(Stage stage) implements RecordedStage {}

    /**
     * A stage that cannot.
     *
     * @param reason why, as the end of a sentence
     */
    record Refused(String reason) implements RecordedStage {}

    /**
     * Reads a record.
     *
     * @param images facts of the images that a stage would read here
     */
    static RecordedStage of(Provenance record, Function<Stage, ImageFacts> images) {
        Optional<Stage> read = read(record);
        if (read.isEmpty()) {
            return new Refused("its record " + record.key()
                    + " describes a stage that this version does not know, or was altered: its hash is another");
        }
        Stage stage = read.get();
        return obstacle(stage, images).<RecordedStage>map(Refused::new).orElseGet(() -> new Replayable(stage));
    }

    private static Optional<Stage> read(Provenance record) {
        if (!(record.stage().configuration() instanceof ObjectNode configuration)) {
            return Optional.empty();
        }
        configuration.remove(FACTS);
        try {
            Stage stage = StageHash.fromJson(configuration.toString());
            return Optional.of(stage)
                    .filter(one -> StageHash.of(one).equals(record.stage().hash())
                            && record.stage().hash().equals(record.key()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> obstacle(Stage stage, Function<Stage, ImageFacts> images) {
        return StageKinds.notOfToday(stage)
                .map(other -> "it was measured by an earlier definition (" + StageKinds.described(other)
                        + "); this code computes something else, the commit of its record computes it")
                .or(() -> fromElsewhere(stage))
                .or(() -> otherImages(stage, images));
    }

    private static Optional<String> fromElsewhere(Stage stage) {
        return switch (stage.origin()) {
            case IMPORTED -> Optional.of("it starts from an imported model, whose file is not published");
            case SUPPLIED -> Optional.of("it uses a supplied tokenizer, whose file is not published");
            case COMPUTED -> stage.parent().flatMap(RecordedStage::fromElsewhere);
        };
    }

    private static Optional<String> otherImages(Stage stage, Function<Stage, ImageFacts> images) {
        String recorded = stage.data().digest();
        String here = images.apply(stage).identity().digest();
        return recorded.equals(here)
                ? stage.parent().flatMap(parent -> otherImages(parent, images))
                : Optional.of(
                        "its images of " + stage.data().settings().dataset().key() + " have digest "
                                + shortened(recorded) + ", those here " + shortened(here)
                                + "; name the same images with --data-dir");
    }

    private static String shortened(String digest) {
        int shown = 12;
        return digest.length() > shown ? digest.substring(0, shown) + "…" : digest;
    }
}
