package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maeharness.core.data.Sha256;
import io.maeharness.core.device.Processor;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Results that take days must not change their bits by accident. For each kind of processor and version of the engine
 * that was seen, {@code bits.csv} holds a digest of what each kind of stage leaves; a change that is meant raises the
 * versions of the stages and renews the file.
 */
class BitPinTest {
    @TempDir
    private Path directory;

    @Test
    void theBitsOfEveryKindOfStageAreThoseThatWerePinned() {
        Map<String, String> actual = new TreeMap<>();
        List<Precision> precisions = Processor.current().bf16Features().isEmpty()
                ? List.of(Precision.FP32)
                : List.of(Precision.FP32, Precision.BF16);
        precisions.forEach(precision -> stages(precision).forEach((name, stage) -> actual.put(name, digest(stage))));
        Map<String, String> pinned = pinned();
        StringBuilder lines = new StringBuilder();
        actual.forEach((name, digest) ->
                lines.append('\n').append(key(name)).append(',').append(digest));
        assumeTrue(
                actual.keySet().stream().anyMatch(name -> pinned.containsKey(key(name))),
                "no bits are pinned for this processor and engine; its lines of bits.csv would be" + lines);
        actual.forEach((name, digest) -> assertEquals(
                pinned.get(key(name)),
                digest,
                name + " has other bits than published results; if that is meant, raise the versions of the stages and"
                        + " renew bits.csv:" + lines));
    }

    private static Map<String, Stage> stages(Precision precision) {
        Stage.Pretrain pretrain = Tiny.pretrain(Tiny.recipe("random", false, "pixel"), precision);
        Stage.Finetune tuned = Tiny.finetune(Optional.of(pretrain), -1);
        Stage.Finetune scratch = Tiny.finetune(Optional.empty(), -1);
        Stage.LinearProbe probe = Tiny.probe(Optional.of(pretrain));
        Stage.Knn knn = Tiny.knn(Optional.of(pretrain), false);
        Map<String, Stage> stages = new LinkedHashMap<>();
        String of = "-" + precision;
        stages.put("pretrain" + of, pretrain);
        stages.put("finetune" + of, Tiny.in(tuned, precision));
        stages.put("scratch" + of, Tiny.in(scratch, precision));
        stages.put(
                "linear-probe" + of,
                new Stage.LinearProbe(
                        1, probe.data(), probe.model(), probe.encoder(), probe.recipe(), probe.seed(), precision));
        stages.put(
                "knn" + of,
                new Stage.Knn(1, knn.data(), knn.model(), knn.encoder(), false, knn.recipe(), knn.seed(), precision));
        return stages;
    }

    /** Of the weights that the stage leaves, or of what it measured where it leaves none. */
    private String digest(Stage stage) {
        StageOutcome outcome = new TrainingExecutor().execute(stage, Tiny.environment(directory));
        Path weights = Tiny.environment(directory).directoryOf(stage).resolve(FinishedWeights.FILE);
        try {
            Sha256 sha = new Sha256();
            new TreeMap<>(outcome.metrics())
                    .forEach((name, value) -> sha.add(name).add(Double.doubleToLongBits(value)));
            if (Files.exists(weights)) {
                sha.add(Files.readAllBytes(weights));
            }
            return sha.hex().substring(0, 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String stage) {
        return Processor.current().kind() + "," + Torch.version().replace(',', ';') + "," + stage;
    }

    private static Map<String, String> pinned() {
        try (InputStream in = BitPinTest.class.getResourceAsStream("bits.csv")) {
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
