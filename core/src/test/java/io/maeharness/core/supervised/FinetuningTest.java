package io.maeharness.core.supervised;

import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.MemberBits;
import io.maeharness.core.train.Tiny;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FinetuningTest {
    private static final StageData DATA = StageData.of(Tiny.DATA, Optional.empty());

    /** Mixup mixes within what is computed at once, so that a cut step is another recipe; its bits are fixed all the same. */
    @Test
    void theNumberOfDevicesChangesNoBit() {
        FinetuneStage stage = Tiny.finetune(Optional.empty(), -1);
        MemberBits.demandEqual(device -> new Finetuning(stage, DATA, Optional.empty(), device), Double.NaN);
    }
}
