package io.maeharness.ablations.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.stage.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimedStepTest {
    @ParameterizedTest
    @EnumSource(SpeedSubject.Work.class)
    void everyKindOfWorkCanBeTimed(SpeedSubject.Work work) {
        SpeedSubject subject = SpeedSubject.reference(work, Precision.FP32).withBatch(2);
        try (TimedStep step = TimedStep.open(SpeedSubject.fromJson(subject.toJson()))) {
            assertTrue(Double.isFinite(step.run()));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void productsAreComputedInEachPrecision(Precision precision) {
        try (TimedStep product = new SquareProduct(16, 2, precision)) {
            double value = product.run();
            assertTrue(Double.isFinite(value) && value != 0, Double.toString(value));
        }
    }

    @Test
    void theReferenceHasTheWorkItAlwaysHad() {
        SpeedSubject reference = SpeedSubject.reference(SpeedSubject.Work.PRETRAIN, Precision.BF16);
        assertEquals(256, reference.batch());
        assertTrue(
                reference.line().contains("encoder 192-d x 6 x 3, decoder 96-d x 2 x 3, mask 75 %, batch 256, bf16"),
                reference.line());
    }
}
