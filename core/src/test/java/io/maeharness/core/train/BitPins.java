package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.device.Processor;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageOutcome;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Digests of what stages leave, pinned in the {@code bits.csv} beside a test for each kind of processor and version of the
 * engine that was seen.
 *
 * @param test the file lies beside it
 * @param engine whatever computes, with its version
 */
public record BitPins(Class<?> test, String engine) {
    /** Those that this machine does not imitate. */
    public static List<Precision> precisions() {
        return Processor.current().bf16Features().isEmpty()
                ? List.of(Precision.FP32)
                : List.of(Precision.FP32, Precision.BF16);
    }

    /**
     * Of what a stage measured and the weights that it left, or, where it left none, of the images it classified correctly.
     *
     * @param directory of the stage
     */
    public static String digest(StageOutcome outcome, Path directory) {
        Sha256 sha = new Sha256();
        new TreeMap<>(outcome.metrics()).forEach((name, value) -> sha.add(name).add(Double.doubleToLongBits(value)));
        Path weights = directory.resolve(FinishedWeights.FILE);
        try {
            if (Files.exists(weights)) {
                sha.add(Files.readAllBytes(weights));
            } else {
                new TreeMap<>(outcome.correct())
                        .forEach((name, images) -> sha.add(name).add(images));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sha.hex().substring(0, 20);
    }

    /**
     * Compares digests with those that are pinned; skips the test where nothing is pinned for this machine.
     *
     * @param actual by the name of the stage
     */
    public void check(Map<String, String> actual) {
        Map<String, String> digests = new TreeMap<>(actual);
        Map<String, String> pinned = pinned();
        String lines = digests.entrySet().stream()
                .map(digest -> "\n" + key(digest.getKey()) + "," + digest.getValue())
                .collect(Collectors.joining());
        assumeTrue(
                digests.keySet().stream().anyMatch(name -> pinned.containsKey(key(name))),
                "no bits are pinned for this processor and engine; its lines of bits.csv would be" + lines);
        digests.forEach((name, digest) -> assertEquals(
                pinned.get(key(name)),
                digest,
                name + " has other bits than published results; if that is meant, raise the versions of the stages and"
                        + " renew bits.csv:" + lines));
    }

    private String key(String stage) {
        return Processor.current().instructions(System.getenv()) + "," + engine.replace(',', ';') + "," + stage;
    }

    private Map<String, String> pinned() {
        try (InputStream in = test.getResourceAsStream("bits.csv")) {
            Map<String, String> pins = new TreeMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        int comma = line.lastIndexOf(',');
                        pins.put(line.substring(0, comma), line.substring(comma + 1));
                    });
            return pins;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
