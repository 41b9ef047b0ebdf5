package io.maeharness.core.supervised;

import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.MemberBits;
import io.maeharness.core.train.Tiny;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
