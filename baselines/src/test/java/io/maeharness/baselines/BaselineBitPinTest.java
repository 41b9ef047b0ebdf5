package io.maeharness.baselines;

import io.maeharness.baselines.beit.TinyBeit;
import io.maeharness.baselines.dino.TinyDino;
import io.maeharness.baselines.mocov3.TinyContrast;
import io.maeharness.baselines.tokenizer.TinyTokenizer;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.TokenizerStage;
import io.maeharness.core.train.BitPins;
import io.maeharness.interop.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bits of what MAE is compared with, pinned as those of the core are. A tokenizer is trained in fp32, whatever the
 * precision; its words, which ONNX Runtime computes, are what BEiT learns.
 */
class BaselineBitPinTest {
    private static final TokenizerStage TOKENIZER = TinyTokenizer.stage();

    @TempDir
    private Path directory;

    @Test
    void theBitsOfEveryMethodAreThoseThatWerePinned() {
        Map<String, String> actual = new TreeMap<>();
        actual.put("tokenizer-" + TOKENIZER.precision(), digest(TOKENIZER));
        BitPins.precisions().forEach(precision -> methods(precision)
                .forEach((method, stage) -> actual.put(method + "-" + precision, digest(stage))));
        String engine = Torch.version() + ", ONNX Runtime " + OnnxModel.runtimeVersion();
        new BitPins(BaselineBitPinTest.class, engine).check(actual);
    }

    private static Map<String, Stage> methods(Precision precision) {
        return Map.of(
                "dino", TinyDino.stage(TinyDino.recipe(), precision),
                "moco-v3", TinyContrast.stage(2, 16, precision),
                "beit", TinyBeit.stage(TOKENIZER, precision));
    }

    private String digest(Stage stage) {
        StageEnvironment environment = TinyTokenizer.environment(directory);
        return BitPins.digest(new StageExecutor.Direct().execute(stage, environment), environment.directoryOf(stage));
    }
}
