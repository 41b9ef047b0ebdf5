package io.maeharness.core.supervised;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageContext;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.Evaluation;
import io.maeharness.core.train.MemberBits;
import io.maeharness.core.train.Tiny;
import io.maeharness.core.train.TrainingDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinetuningTest {
    private static final StageData DATA = StageData.of(Tiny.DATA, Optional.empty());

    /** Then images are levels, and mixed where a device has standardised them; noise in erased places would be no level. */
    @Test
    void theNumberOfDevicesChangesNoBitWithoutErasing() {
        FinetuneStage erasing = Tiny.finetune(Optional.empty(), -1);
        SupervisedRecipe recipe =
                new SupervisedRecipe(Tiny.schedule(2), erasing.recipe().adam(), 0.75, 0.1, 0.1, 0.8, 1, 9, 0.5, 0, 0.5);
        FinetuneStage stage =
                new FinetuneStage(1, erasing.data(), Tiny.MODEL, Optional.empty(), recipe, -1, 7, Precision.FP32);
        MemberBits.demandEqual(device -> new Finetuning(stage, DATA, Optional.empty(), device), Double.NaN);
    }

    /** Mixup mixes within what is computed at once, so that a cut step is another recipe; its bits are fixed all the same. */
    @Test
    void theNumberOfDevicesChangesNoBit() {
        FinetuneStage stage = Tiny.finetune(Optional.empty(), -1);
        MemberBits.demandEqual(device -> new Finetuning(stage, DATA, Optional.empty(), device), Double.NaN);
    }

    /** What a pass makes of the weights for itself must not be kept for the next. */
    @Test
    void anEvaluationSeesTheStepsSinceTheOneBefore(@TempDir Path directory) {
        FinetuneStage stage = Tiny.in(Tiny.finetune(Optional.empty(), -1), Precision.BF16);
        NDManager manager = Torch.open("cpu");
        try (StageContext context = new StageContext(DATA, Tiny.environment(directory), manager);
                Finetuning evaluated = open(stage, manager);
                Finetuning untouched = open(stage, manager)) {
            Evaluation evaluation = Evaluation.of(context, stage);
            String before = correct(evaluated, evaluation);
            for (int step = 0; step < 4; step++) {
                evaluated.step(step, 0.05);
                untouched.step(step, 0.05);
            }
            String after = correct(evaluated, evaluation);
            assertNotEquals(before, after);
            assertEquals(correct(untouched, evaluation), after);
        }
    }

    private static Finetuning open(FinetuneStage stage, NDManager manager) {
        return new Finetuning(stage, DATA, Optional.empty(), TrainingDevice.of(manager));
    }

    private static String correct(Finetuning finetuning, Evaluation evaluation) {
        return Finetuning.evaluateWithoutAverage(List.of(finetuning), evaluation)
                .correct();
    }
}
