package io.maeharness.ablations.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.stage.StageHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AncestorsTest {
    @Test
    void aConfigurationNamesEveryStageThatItsPlanStartsItFrom() throws JsonProcessingException {
        Plan plan = TestProfile.plan("table1d", "table3");
        for (PlannedStage stage : plan.stages()) {
            List<String> planned = new ArrayList<>();
            for (Optional<String> next = stage.parent();
                    next.isPresent();
                    next = plan.stage(next.get()).orElseThrow().parent()) {
                planned.add(next.get());
            }
            assertEquals(
                    planned,
                    StageHash.ofAncestors(new ObjectMapper().readTree(StageHash.toJson(stage.stage()))),
                    stage.cases().toString());
        }
    }
}
