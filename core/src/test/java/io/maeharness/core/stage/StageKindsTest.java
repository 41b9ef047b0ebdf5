package io.maeharness.core.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.train.LearnedStage;
import org.junit.jupiter.api.Test;

class StageKindsTest {
    private final Stage learned = new LearnedStage(
            1, new DataIdentity(DataSettings.NOISE, "none"), ModelSettings.patchesOnly(8, 4), 7, Precision.FP32);

    @Test
    void aKindIsFoundByItsNameAloneAndReadsBack() {
        assertTrue(StageKinds.all().contains(LearnedStage.class));
        String json = StageHash.toJson(learned);
        assertTrue(json.contains("\"kind\":\"learned\""), json);
        assertEquals(learned, StageHash.fromJson(json));
    }

    @Test
    void aKindThatIsNotThereIsNoStage() {
        String json = StageHash.toJson(learned).replace("\"learned\"", "\"unlearned\"");
        assertThrows(IllegalArgumentException.class, () -> StageHash.fromJson(json));
    }

    @Test
    void aStageOfAnotherVersionThanTodaysSaysSo() {
        Stage old = new LearnedStage(0, learned.data(), learned.model(), 7, Precision.FP32);
        assertEquals(old, StageKinds.notOfToday(old).orElseThrow());
        assertEquals("learned of version 0, today's is 1", StageKinds.described(old));
        assertTrue(StageKinds.notOfToday(learned).isEmpty());
    }
}
