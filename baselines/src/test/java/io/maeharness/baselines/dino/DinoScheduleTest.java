package io.maeharness.baselines.dino;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DinoScheduleTest {
    private static final double EXACT = 1e-12;

    private static DinoSchedule schedule(String... changes) {
        return new DinoSchedule(TinyDino.recipe(changes), 10, 100);
    }

    @Test
    void theTeachersTemperatureRisesFromEpochToEpoch() {
        DinoSchedule schedule = schedule(
                "teacherTemperatureStart", "0.04", "teacherTemperature", "0.07", "teacherTemperatureWarmupEpochs", "4");
        assertEquals(0.04, schedule.teacherTemperature(9), EXACT);
        assertEquals(0.05, schedule.teacherTemperature(10), EXACT);
        assertEquals(0.07, schedule.teacherTemperature(30), EXACT);
        assertEquals(0.07, schedule.teacherTemperature(99), EXACT);
    }

    @Test
    void withoutWarmUpTheTemperatureIsTheLastFromTheBeginning() {
        assertEquals(
                0.07,
                schedule("teacherTemperature", "0.07", "teacherTemperatureWarmupEpochs", "0")
                        .teacherTemperature(0),
                EXACT);
    }

    @Test
    void theTeachersMomentumRisesToOneOnACosine() {
        DinoSchedule schedule = schedule("teacherMomentum", "0.996");
        assertEquals(0.996, schedule.teacherMomentum(0), EXACT);
        assertEquals(0.998, schedule.teacherMomentum(50), EXACT);
        assertEquals(1, schedule.teacherMomentum(100), EXACT);
    }

    @Test
    void theWeightDecayRisesOnACosine() {
        DinoSchedule schedule = schedule("adam.weightDecay", "0.04", "weightDecayEnd", "0.4");
        assertEquals(0.04, schedule.weightDecay(0), EXACT);
        assertEquals(0.22, schedule.weightDecay(50), EXACT);
        assertEquals(0.4, schedule.weightDecay(100), EXACT);
    }

    @Test
    void partsOfAnEpochFreezeTheLastLayerForWholeSteps() {
        assertEquals(3, schedule("frozenLastLayerEpochs", "0.25").frozenSteps());
        assertEquals(0, schedule("frozenLastLayerEpochs", "0").frozenSteps());
    }
}
