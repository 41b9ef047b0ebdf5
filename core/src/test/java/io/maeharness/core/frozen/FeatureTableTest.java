package io.maeharness.core.frozen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.maeharness.core.augment.EvaluationTransform;
import io.maeharness.core.config.Pooling;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.model.Layout;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.Tiny;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureTableTest {
    private static final StageData DATA = StageData.of(Tiny.DATA, Optional.empty());

    @TempDir
    Path directory;

    /** Each would be a kernel a parameter and batch. */
    @Test
    void everyParameterIsCastOnceForAllPasses() throws IOException {
        Path trace = directory.resolve("trace.json");
        try (StageContext context = context()) {
            context.manager();
            JniUtils.startProfile(false, false, false);
            try (FeatureTable table = open(context)) {
                table.of(DATA.train(), new EvaluationTransform(), 0);
                table.of(DATA.train(), new EvaluationTransform(), 1);
            }
            JniUtils.stopProfile(trace.toString());
        }
        long detached = Files.readString(trace)
                .lines()
                .filter(line -> line.contains("\"name\": \"aten::detach\""))
                .count();
        assertEquals(Layout.encoder(Tiny.MODEL, 1).size(), detached);
    }

    /** Two batches by one table, and each batch by a table of its own. */
    @Test
    void aPassGivesTheBitsOfBatchesThatCastAnew() {
        int[] all = IntStream.range(0, 80).toArray();
        int[] first = Arrays.copyOf(all, 64);
        int[] second = Arrays.copyOfRange(all, 64, 80);
        float[] whole = features(all);
        float[] head = features(first);
        float[] tail = features(second);
        assertArrayEquals(Arrays.copyOf(whole, head.length), head);
        assertArrayEquals(Arrays.copyOfRange(whole, head.length, whole.length), tail);
    }

    private float[] features(int[] samples) {
        try (StageContext context = context();
                FeatureTable table = open(context)) {
            return table.of(DATA.train(), samples, new EvaluationTransform(), 0);
        }
    }

    private StageContext context() {
        NDManager manager = Torch.open("cpu");
        return new StageContext(DATA, Tiny.environment(directory), manager);
    }

    private static FeatureTable open(StageContext context) {
        KnnStage stage = Tiny.knn(Optional.empty(), false);
        KnnStage half = new KnnStage(
                1, stage.data(), stage.model(), stage.encoder(), false, stage.recipe(), stage.seed(), Precision.BF16);
        return new FeatureTable(half, Optional.empty(), Optional.empty(), Pooling.CLS, context);
    }
}
