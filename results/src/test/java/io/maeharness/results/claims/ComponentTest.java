package io.maeharness.results.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CellKey;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentTest {
    private static final ClaimFamily TABLE1A = new ClaimTerms(PaperContrasts.bundled(), 1, 1).family("table1a");
    private static final CellKey DEEP = new CellKey("table1a", "depth-8", "lin");

    @Test
    void coefficientsThatDoNotSumToZeroAreRefusedUnlessACellIsARatio() {
        assertThrows(IllegalArgumentException.class, () -> new Component(Map.of(DEEP, 1.0), 0, 1, false));
        assertEquals(
                1, new Component(Map.of(DEEP, 1.0), 0, 1, true).coefficients().size());
    }

    @Test
    void aThresholdOfContradictionBelowThatOfHoldingIsRefused() {
        Map<CellKey, Double> difference =
                TABLE1A.cell("depth-8.lin").minus(TABLE1A.cell("depth-1.lin")).coefficients();
        assertThrows(IllegalArgumentException.class, () -> new Component(difference, 0, -0.1, false));
    }

    @Test
    void aClaimAgainstThePapersOwnNumbersCannotBeDeclared() {
        assertThrows(IllegalArgumentException.class, () -> TABLE1A.higher("depth-1.lin", "depth-8.lin"));
    }

    @Test
    void aDifferenceIsContradictedBelowHalfOfThePapersOrTheSmallestThatCounts() {
        assertEquals(1, TABLE1A.higher("depth-8.lin", "depth-1.lin").contradictedBelow());
        assertEquals(0.1, TABLE1A.higher("depth-8.lin", "depth-12.lin").contradictedBelow(), 1e-9);
    }

    @Test
    void equalityIsTwoStatementsWithTheMarginOnBothSides() {
        List<Component> both = TABLE1A.same("depth-1.ft", "depth-8.ft", 0.7);
        assertEquals(
                List.of(-0.7, -0.7), both.stream().map(Component::holdsAbove).toList());
        ToDoubleFunction<CellKey> values = cell -> cell.caseKey().equals("depth-1") ? 3 : 5;
        assertEquals(-2, both.get(0).contrast(Claim.Scale.POINTS, values));
        assertEquals(2, both.get(1).contrast(Claim.Scale.POINTS, values));
    }

    @Test
    void aRatioIsADifferenceOfLogarithms() {
        Component several = new ClaimTerms(PaperContrasts.bundled(), 1, 1)
                .family("table2")
                .onLogarithms()
                .timesAbove("vit-l-with-mask-token-depth-8.hours", "vit-l-depth-8.hours", 2);
        double twice = several.contrast(Claim.Scale.LOG, cell -> cell.caseKey().equals("vit-l-depth-8") ? 3 : 6);
        assertEquals(several.holdsAbove(), twice, 1e-12);
    }

    @Test
    void aCellThatThePaperDoesNotPrintIsNamed() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> TABLE1A.higher("depth-9.lin", "depth-1.lin"));
        assertTrue(refused.getMessage().contains("table1a/depth-9 lin"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratio-75", ".ft", "ratio-75.", "context:.ft"})
    void aCellIsWrittenAsCaseAndMetric(String written) {
        assertThrows(IllegalArgumentException.class, () -> TABLE1A.cell(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Table1a", "table1a_deep", "table1a-", ""})
    void theIdOfAClaimIsKebabCase(String id) {
        Component any = TABLE1A.higher("depth-8.lin", "depth-1.lin");
        assertThrows(IllegalArgumentException.class, () -> TABLE1A.primary(id, "here", "something", any));
    }
}
