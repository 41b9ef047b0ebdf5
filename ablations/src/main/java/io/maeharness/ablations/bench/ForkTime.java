package io.maeharness.ablations.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one process measured.
 *
 * @param block number of the block, from 1
 * @param variant what was timed
 * @param images of a round
 * @param rounds that were measured
 * @param roundSeconds median time of a round, seconds
 * @param load of the machine over the minute before its end: 1 where nothing else computed, negative where unknown
 */
record ForkTime(int block, WallClockStage.Variant variant, int images, long rounds, double roundSeconds, double load) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks that there is a time. */
    ForkTime {
        if (images < 1 || rounds < 1 || !(roundSeconds > 0) || Double.isInfinite(roundSeconds)) {
            throw new IllegalArgumentException("a process must have timed a round or more of an image or more, got "
                    + rounds + " rounds of " + images + " images in " + roundSeconds + " s");
        }
    }

    /** Seconds an image. */
    double imageSeconds() {
        return roundSeconds / images;
    }

    private static Path file(Path directory, int block, WallClockStage.Variant variant) {
        return directory.resolve("block-" + block + "-" + variant.key() + ".json");
    }

    /** Keeps the time in a stage's directory: from then on the process need not be run again. */
    void write(Path directory) {
        try {
            StoreFile.write(file(directory, block, variant), JSON.writeValueAsString(this) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a time cannot be written as JSON: " + this, e);
        }
    }

    /** The time that was kept; empty when there is none, or none that can be read: it is then measured again. */
    static Optional<ForkTime> read(Path directory, int block, WallClockStage.Variant variant) {
        try {
            Path file = file(directory, block, variant);
            return Files.exists(file)
                    ? Optional.ofNullable(JSON.readValue(Files.readString(file), ForkTime.class))
                            .filter(time -> time.block() == block && time.variant() == variant)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
