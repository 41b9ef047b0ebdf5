package io.maeharness.ablations.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CellKey;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ContextLengthsTest {
    private static final Settings QUICK = ProfileLoader.load("quick");

    private static Optional<String> remark(Map<String, Double> measured) {
        return new Context().remark(QUICK, cell -> value(measured, cell));
    }

    private static OptionalDouble value(Map<String, Double> measured, CellKey cell) {
        Double value = measured.get(cell.caseKey() + "." + cell.metric());
        return value == null || !cell.table().equals("context-lengths")
                ? OptionalDouble.empty()
                : OptionalDouble.of(value);
    }

    @Test
    void theContextSaysAtWhichLengthTheEncoderPassesRawPixels() {
        String remark = remark(Map.of("raw-pixels.knn", 81.3, "mae-1.ft", 71.1, "mae-4.ft", 80.1, "mae-12.ft", 86.3))
                .orElseThrow();
        assertTrue(remark.contains("passes them at 12 times the profile's lengths"), remark);
        assertTrue(remark.contains("80.1 at 4 times"), remark);
    }

    @Test
    void anEncoderThatStaysBelowIsSaidToStayBelow() {
        String remark = remark(Map.of("raw-pixels.knn", 81.3, "mae-1.ft", 71.1)).orElseThrow();
        assertTrue(remark.contains("stays below them at every length tried"), remark);
    }

    @Test
    void nothingIsSaidBeforeItIsMeasured() {
        assertEquals(Optional.empty(), remark(Map.of("mae-1.ft", 71.1)));
        assertEquals(Optional.empty(), remark(Map.of("raw-pixels.knn", 81.3)));
    }
}
