package io.maeharness.baselines.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.stage.StageData;
import io.maeharness.core.train.MemberBits;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenizerTrainingTest {
    private final TokenizerTraining.Annealing annealing = new TokenizerTraining.Annealing(TinyTokenizer.recipe(1), 11);

    @Test
    void theNumberOfDevicesChangesNoBit() {
        TrainedTokenizerStage stage = TinyTokenizer.stage();
        StageData data = StageData.of(stage.data(), Optional.empty());
        MemberBits.demandEqual(device -> new TokenizerTraining(stage, data, device), 1e-5);
    }

    @Test
    void theTemperatureFallsOnHalfACosine() {
        assertEquals(1, annealing.temperature(0), 1e-12);
        assertEquals(0.55, annealing.temperature(5), 1e-12);
        assertEquals(0.1, annealing.temperature(10), 1e-12);
        assertTrue(annealing.temperature(1) > 0.9);
    }

    @Test
    void theWeightOfTheDivergenceGrowsLinearlyFromZero() {
        assertEquals(0, annealing.divergenceWeight(0), 1e-12);
        assertEquals(0.01, annealing.divergenceWeight(5), 1e-12);
        assertEquals(0.02, annealing.divergenceWeight(10), 1e-12);
    }
}
