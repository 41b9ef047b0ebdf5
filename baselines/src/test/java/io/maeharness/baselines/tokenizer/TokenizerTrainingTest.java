package io.maeharness.baselines.tokenizer;

import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.MemberBits;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenizerTrainingTest {
    @Test
    void theNumberOfDevicesChangesNoBit() {
        TrainedTokenizerStage stage = TinyTokenizer.stage();
        StageData data = StageData.of(stage.data(), Optional.empty());
        MemberBits.demandEqual(device -> new TokenizerTraining(stage, data, device), 1e-5);
    }
}
