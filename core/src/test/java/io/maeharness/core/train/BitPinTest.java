package io.maeharness.core.train;

import io.maeharness.core.engine.Torch;
import io.maeharness.core.frozen.KnnStage;
import io.maeharness.core.frozen.LinearProbeStage;
import io.maeharness.core.pretrain.PretrainStage;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.supervised.FinetuneStage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
        BitPins.precisions()
                .forEach(precision -> stages(precision).forEach((name, stage) -> actual.put(name, digest(stage))));
        new BitPins(BitPinTest.class, Torch.version()).check(actual);
    }

    private static Map<String, Stage> stages(Precision precision) {
        PretrainStage pretrain = Tiny.pretrain(Tiny.recipe("random", false, "pixel"), precision);
        FinetuneStage tuned = Tiny.finetune(Optional.of(pretrain), -1);
        FinetuneStage scratch = Tiny.finetune(Optional.empty(), -1);
        LinearProbeStage probe = Tiny.probe(Optional.of(pretrain));
        KnnStage knn = Tiny.knn(Optional.of(pretrain), false);
        Map<String, Stage> stages = new LinkedHashMap<>();
        String of = "-" + precision;
        stages.put("pretrain" + of, pretrain);
        stages.put("finetune" + of, Tiny.in(tuned, precision));
        stages.put("scratch" + of, Tiny.in(scratch, precision));
        stages.put(
                "linear-probe" + of,
                new LinearProbeStage(
                        1, probe.data(), probe.model(), probe.encoder(), probe.recipe(), probe.seed(), precision));
        stages.put(
                "knn" + of,
                new KnnStage(1, knn.data(), knn.model(), knn.encoder(), false, knn.recipe(), knn.seed(), precision));
        return stages;
    }

    private String digest(Stage stage) {
        StageEnvironment environment = Tiny.environment(directory);
        return BitPins.digest(new StageExecutor.Direct().execute(stage, environment), environment.directoryOf(stage));
    }
}
