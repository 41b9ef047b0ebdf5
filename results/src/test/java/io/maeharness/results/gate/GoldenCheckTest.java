package io.maeharness.results.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.ResultStoreException;
import io.maeharness.results.gate.GateFinding.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenCheckTest {
    private static final GoldenCurve CURVE = curve("aa", 2.0, 1.0, 0.5);

    private static GoldenCurve curve(String stage, double... losses) {
        return GoldenCurve.measured(
                "table1f/block-75 pretrain",
                stage,
                Arrays.stream(losses).boxed().toList(),
                Map.of("top1", 50.0));
    }

    private static GateFinding compared(GoldenCurve measured, GoldenCurve reference) {
        return GoldenCheck.compare(List.of(measured), List.of(reference)).get(0);
    }

    @Test
    void equalCurvesAreTheSame() {
        assertEquals(Status.SAME, compared(CURVE, CURVE).status());
    }

    @Test
    void roundingIsNoRegressionAndAChangedStepIsOne() {
        GoldenCurve rounded = curve("aa", 2.0, 1.000009, 0.5);
        assertEquals(Status.SAME, compared(rounded, CURVE).status());
        GateFinding changed = compared(curve("aa", 2.0, 1.0001, 0.5), CURVE);
        assertEquals(Status.REGRESSION, changed.status());
        assertTrue(changed.detail().startsWith("step 2: loss 1.000100, reference 1.000000"), changed.detail());
    }

    @Test
    void whatOtherProcessorsWereSeenToDoIsAllowedFromHalfOfTheStepsOn() {
        double[] flat = new double[30];
        Arrays.fill(flat, 1);
        double[] straying = flat.clone();
        straying[20] = 1.0001;
        GoldenCurve allowing = curve("aa", flat).spreadOver(List.of(curve("aa", straying)));
        assertEquals(0, allowing.spreads().get(19));
        assertEquals(1e-4, allowing.spreads().get(29), 1e-9);
        assertEquals(Status.SAME, compared(with(flat, 8, 1.0009), allowing).status());
        assertEquals(
                Status.REGRESSION, compared(with(flat, 7, 1.0001), allowing).status());
        assertEquals(
                Status.REGRESSION, compared(with(flat, 25, 1.002), allowing).status());
    }

    private static GoldenCurve with(double[] losses, int step, double loss) {
        double[] changed = losses.clone();
        changed[step] = loss;
        return curve("aa", changed);
    }

    @Test
    void runsOfAnotherDefinitionAllowNothing() {
        assertEquals(CURVE, CURVE.spreadOver(List.of(curve("bb", 9.0, 9.0, 9.0))));
    }

    @Test
    void aLossThatIsNoNumberIsARegression() {
        assertEquals(
                Status.REGRESSION,
                compared(curve("aa", 2.0, Double.NaN, 0.5), CURVE).status());
    }

    @Test
    void fewerStepsAreARegression() {
        assertEquals(
                "2 steps instead of 3", compared(curve("aa", 2.0, 1.0), CURVE).detail());
    }

    @Test
    void anAccuracyMayMoveByThreeAnswersOfFiveHundred() {
        GoldenCurve close = GoldenCurve.measured(CURVE.name(), "aa", CURVE.losses(), Map.of("top1", 50.6));
        GoldenCurve far = GoldenCurve.measured(CURVE.name(), "aa", CURVE.losses(), Map.of("top1", 50.8));
        assertEquals(Status.SAME, compared(close, CURVE).status());
        assertEquals(Status.REGRESSION, compared(far, CURVE).status());
    }

    @Test
    void anotherDefinitionOrAMissingStageCannotBeTold() {
        assertEquals(
                Status.CANNOT_TELL, compared(curve("bb", 2.0, 1.0, 0.5), CURVE).status());
        assertEquals(
                Status.CANNOT_TELL,
                GoldenCheck.compare(List.of(), List.of(CURVE)).get(0).status());
        assertEquals(
                Status.CANNOT_TELL,
                GoldenCheck.compare(List.of(CURVE), List.of()).get(0).status());
    }

    @Test
    void aFileGivesBackWhatWasWritten(@TempDir Path directory) throws Exception {
        Path file = directory.resolve(GoldenCurveFile.NAME);
        GoldenCurve allowing = new GoldenCurve(
                "a/b knn", "cc", List.of(0.5, 0.25), List.of(0.0, 1.2e-5), Map.of("top1", 81.25, "top1-x", 3.0), 0.4);
        GoldenCurveFile.write(file, List.of(CURVE, allowing));
        assertEquals(List.of(CURVE, allowing), GoldenCurveFile.read(file));
        Files.writeString(file, Files.readString(file).replace("0.25", "0.2x"));
        var damaged = assertThrows(ResultStoreException.class, () -> GoldenCurveFile.read(file));
        assertTrue(damaged.getMessage().contains("is damaged in line 3"), damaged.getMessage());
    }
}
